package tutti.site;

/** A site cannot start with this configuration: one sentence for the operator, which names the key and its value. */
public class WrongSetting extends RuntimeException {
    WrongSetting(String sentence) {
        super(sentence);
    }
}
