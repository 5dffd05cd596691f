package tutti.pictures;

import java.awt.image.BufferedImage;

/**
 * A picture's samples as stored: not upright yet, and at most a few times larger than its tile.
 *
 * @param image three bands of eight bits; the samples count, neither its colour space nor which of them is red is to be trusted
 * @param colours how to see the samples as sRGB
 */
record Decoded(PictureHeader header, BufferedImage image, Colours colours) {}
