/**
 * What a photo and a contributor are.
 *
 * <p>May use: {@code commit} and the JDK. Absent: the bytes themselves and how they are decoded; here a picture is its
 * measures and its hash.
 */
package tutti.photo;
