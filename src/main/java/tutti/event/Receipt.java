package tutti.event;

import tutti.montage.Digest;
import tutti.photo.ContributorId;
import tutti.photo.Sha256;

/**
 * One contributor's proof of having agreed to one exact montage. Nothing is stored for it: every site can work its code out
 * from the ballot that published the montage, and nobody else can, since a contributor's id is the hash of a secret. Whoever
 * is shown the code learns that its holder said yes, and not who that is.
 *
 * @param ballot the one in which all have said yes
 * @param digest what they have said yes to
 */
public record Receipt(EventId event, int ballot, Digest digest, ContributorId contributor) {

    private static final String KIND = "tutti receipt 1";

    /** 64 hexadecimal digits. */
    public String code() {
        return Sha256.of(String.join(
                        "\n", KIND, event.value(), Integer.toString(ballot), digest.hex(), contributor.value()))
                .hex();
    }
}
