/**
 * From photos to one picture: which photos a montage shows (its digest), and where each of them goes.
 *
 * <p>May use: {@code photo}, {@code commit} and the JDK. Absent: pixels. The layout works on shapes alone, so that it is
 * the same at every site and can be tested without decoding anything; {@code pictures} paints it.
 */
package tutti.montage;
