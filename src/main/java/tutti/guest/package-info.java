/**
 * What guests and hosts see: the pages, their addresses and their words.
 *
 * <p>May use: {@code site} and what stands to its right, Faces and OmniFaces. Absent: anything remembered between two
 * requests. Views are stateless and there is no HTTP session, so a page that was open during a restart works on, at
 * whatever instance. Each request reads the event anew and renders the full truth; {@code news.js} only notices that
 * something has changed and puts the freshly rendered parts in place. Photos are sent by that script through the public
 * API, since a form post shows no progress and cannot be tried again. What is chosen and not yet sent is
 * kept by the browser. {@code NewsSocket} tells open pages to look again; they look by themselves where nobody tells them.
 *
 * <p>Who one is can change at two addresses only, {@code /me} and {@code /hand-over}. The secret behind it is in the bodies of
 * their forms, and in a link behind the {@code #}; never in what is sent as an address. Both pages ask before they take
 * anything from a browser, and keep the referrer policy {@code same-origin}: under {@code no-referrer} a browser would name
 * no origin with these forms, by which the pages of other websites are told apart.
 *
 * <p>Absent too: inline scripts, inline styles and requests to other hosts, so that the strictest content security policy
 * holds; and PrimeFaces' widgets, whose 250 kB of script would be most of what a phone has to load. They serve the
 * operators' console.
 */
package tutti.guest;
