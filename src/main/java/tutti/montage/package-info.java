/**
 * From photos to a picture: which version of the montage is meant, and where each photo stands in it.
 *
 * <p>The layout is arithmetic only: sizes in, rectangles out, the same everywhere for the same input. Four sites paint
 * the same montage without asking each other, so a rounding that differs would be a different picture under one digest.
 *
 * <p>May use the JDK. Deliberately absent: {@code java.awt}, files, clocks, chance, threads and hash order. Photos are
 * never cropped: who said yes to a montage said yes to whole photos.
 */
package tutti.montage;
