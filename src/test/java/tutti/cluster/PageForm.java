package tutti.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A form as a page shows it.
 *
 * @param fields what a browser would send for each, as long as nobody touches it
 * @param buttons the names of those that send it; none where they have no names
 */
record PageForm(String action, Map<String, String> fields, List<String> buttons) {

    private static final Pattern FORM = Pattern.compile("<form\\b([^>]*)>(.*?)</form>", Pattern.DOTALL);
    private static final Pattern CONTROL =
            Pattern.compile("<(input|select|textarea)\\b([^>]*)>(?:[^<]*<option[^>]*value=\"([^\"]*)\")?");
    private static final Pattern ATTRIBUTE = Pattern.compile("([a-z-]+)=\"([^\"]*)\"");

    /** All that are sent with a POST. */
    static List<PageForm> in(String page) {
        var forms = new ArrayList<PageForm>();
        for (var form = FORM.matcher(page); form.find(); ) {
            var attributes = attributes(form.group(1));
            if ("post".equals(attributes.get("method"))) {
                forms.add(read(attributes.get("action"), form.group(2)));
            }
        }
        return forms;
    }

    private static PageForm read(String action, String markup) {
        var fields = new LinkedHashMap<String, String>();
        var buttons = new ArrayList<String>();
        for (var control = CONTROL.matcher(markup); control.find(); ) {
            var attributes = attributes(control.group(2));
            var name = attributes.get("name");
            var value = Optional.ofNullable(control.group(3)).orElse(attributes.getOrDefault("value", ""));
            if (name == null) {
                continue;
            }
            switch (attributes.getOrDefault("type", "")) {
                case "submit" -> buttons.add(name);
                case "radio" -> {
                    if (control.group(2).contains("checked")) {
                        fields.put(name, value);
                    }
                }
                default -> fields.put(name, value);
            }
        }
        return new PageForm(action, fields, buttons);
    }

    private static Map<String, String> attributes(String markup) {
        var attributes = new LinkedHashMap<String, String>();
        for (var attribute = ATTRIBUTE.matcher(markup); attribute.find(); ) {
            attributes.put(attribute.group(1), attribute.group(2).replace("&amp;", "&"));
        }
        return attributes;
    }
}
