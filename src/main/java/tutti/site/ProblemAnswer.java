package tutti.site;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import tutti.journal.JsonText;

/** A problem as the public contract writes it, from where no resource is reached yet. */
final class ProblemAnswer {

    private ProblemAnswer() {}

    static void send(HttpServletResponse response, int status, String code, String title, String detail)
            throws IOException {
        var problem = JsonText.object()
                .add("type", "urn:tutti:problem:" + code)
                .add("title", title)
                .add("status", status)
                .add("detail", detail)
                .build();
        response.setStatus(status);
        response.setContentType("application/problem+json");
        response.setCharacterEncoding("UTF-8");
        response.getWriter().write(problem.toString());
    }
}
