/**
 * Bytes on disk and what is made of them: originals by their digest, tiles, montages.
 *
 * <p>An original is kept for ever, or until it is taken down, under the SHA-256 of its bytes: the same photo sent twice
 * is one file, and a damaged copy cannot pass for it. Everything else here can be made again from originals at any
 * moment, so it lies in a cache that may be emptied.
 *
 * <p>Whatever comes in is taken for hostile until its type, size and completeness have been read from its own bytes,
 * before anything is decoded. What goes out to other people carries no metadata: no place, no time, no camera.
 *
 * <p>May use {@code montage} for the layout, and ImageIO with TwelveMonkeys. Deliberately absent:
 * events, votes, users, the network, CDI, and native libraries (they would have to be installed on every site's
 * machine, and do not survive a redeployment).
 */
package tutti.pictures;
