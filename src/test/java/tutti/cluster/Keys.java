package tutti.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.FileChooser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;

/** The keyboard of somebody who uses nothing else: at every step it has to be seen where one is. */
final class Keys {

    private static final int STEPS_MOST = 80;

    /**
     * What is wrong with the focus, empty where nothing is: it is somewhere, it or its label has a ring around it, and
     * something of that is in the window, with nothing before it.
     */
    private static final String WRONG =
            """
            () => {
              const focused = document.activeElement;
              if (!focused || focused === document.body) return 'nothing has the focus';
              const ringed = [focused, ...(focused.labels ?? [])].filter(element => {
                const {outlineStyle, outlineWidth, opacity} = getComputedStyle(element);
                return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && Number(opacity) > 0;
              });
              const seen = ringed.some(element => {
                const box = element.getBoundingClientRect();
                const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
                const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
                if (right - left < 4 || bottom - top < 4) return false;
                const there = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
                return [element, focused].some(one => one.contains(there));
              });
              return seen ? '' : 'not to be seen: ' + focused.outerHTML.slice(0, 300);
            }
            """;

    private static final String FOCUSED = "() => document.activeElement.outerHTML.slice(0, 300)";

    /** What decides whether a key may open a window. */
    private static final String SITUATION =
            """
            () => JSON.stringify({
              focused: document.activeElement.outerHTML.slice(0, 300),
              hasFocus: document.hasFocus(),
              visible: document.visibilityState,
              activated: navigator.userActivation.isActive,
              activatedEver: navigator.userActivation.hasBeenActive,
              openFor: Math.round(performance.now()),
            })
            """;

    private static final String IS_AT = "selector => document.activeElement.matches(selector)";

    private final Page page;

    Keys(Phone phone) {
        page = phone.page();
    }

    /** Presses Tab until this has the focus. */
    void tabTo(String selector) {
        for (var step = 0; step < STEPS_MOST; step++) {
            press("Tab");
            if (isAtEnd()) {
                continue;
            }
            isSeen();
            if (isAt(selector)) {
                return;
            }
        }
        throw new AssertionError("no Tab leads to " + selector + " in " + page.url());
    }

    /** From the last link Tab leads out of the page, and then back to its beginning. */
    private boolean isAtEnd() {
        return (Boolean) page.evaluate("() => document.activeElement === document.body");
    }

    private boolean isAt(String selector) {
        return (Boolean) page.evaluate(IS_AT, selector);
    }

    void press(String key) {
        page.keyboard().press(key);
    }

    void types(String text) {
        page.keyboard().type(text);
    }

    /** This has the focus, or gets it in a moment without a key, and it is to be seen. */
    void isLedTo(String selector) {
        try {
            page.waitForFunction(IS_AT, selector);
        } catch (TimeoutError e) {
            throw new AssertionError(selector + " is not led to; the focus is at " + page.evaluate(FOCUSED), e);
        }
        isSeen();
    }

    /** The window for choosing files, which this key opens where the focus is. */
    FileChooser opensFilesWith(String key) {
        try {
            return page.waitForFileChooser(() -> press(key));
        } catch (TimeoutError e) {
            throw new AssertionError(key + " opens no window for files; " + page.evaluate(SITUATION), e);
        }
    }

    /** The focus is where somebody can find it. */
    void isSeen() {
        assertThat((String) page.evaluate(WRONG)).as(page.url()).isEmpty();
    }
}
