package tutti.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import java.util.List;

/** What holds for every page, whoever looks at it and whatever has happened on it. */
final class PageCheck {

    /** Scripts, handlers and style sheets written into a page; of a style attribute the console would complain. */
    private static final String INLINE =
            """
            () => [...document.querySelectorAll('*')].flatMap(element => [...element.attributes]
                  .filter(attribute => attribute.name.startsWith('on'))
                  .map(attribute => element.tagName + ' ' + attribute.name))
                .concat([...document.querySelectorAll('style, script:not([src]):not([type="application/json"])')]
                  .map(element => element.outerHTML))
            """;

    /** What can have the focus in a part that is replaced, and has no id by which the focus would find it again. */
    private static final String NAMELESS =
            """
            () => [...document.querySelectorAll('[data-live] :is(a[href], button, summary, input, select, textarea)')]
                .filter(element => !element.id && element.type !== 'hidden')
                .map(element => element.outerHTML)
            """;

    /** WCAG 2.2 AA, and what is good practice beyond it. */
    private static final List<String> STANDARDS =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

    private PageCheck() {}

    /** Nothing inline, nothing wider than the window of this many pixels, nothing that loses the focus when it is replaced. */
    static void isSound(Page page, int width) {
        assertThat((List<?>) page.evaluate(INLINE))
                .as("inline in %s", page.url())
                .isEmpty();
        assertThat((List<?>) page.evaluate(NAMELESS))
                .as("without an id in %s", page.url())
                .isEmpty();
        assertThat((Integer) page.evaluate("() => document.documentElement.scrollWidth"))
                .as("width of %s", page.url())
                .isLessThanOrEqualTo(width);
    }

    /** Nothing that keeps somebody out who cannot see well, or has no mouse. */
    static void isAccessible(Page page, String what) {
        var found = new AxeBuilder(page)
                .withTags(STANDARDS).setLegacyMode(true).analyze().getViolations().stream()
                        .filter(rule -> List.of("serious", "critical").contains(rule.getImpact()))
                        .map(PageCheck::told)
                        .toList();
        assertThat(found).as(what).isEmpty();
    }

    private static String told(Rule rule) {
        return rule.getId() + ": "
                + rule.getNodes().stream().map(node -> node.getHtml()).toList();
    }
}
