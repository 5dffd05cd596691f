package tutti.model;

import java.util.List;

/** What is broken, and the fewest steps that break it. */
record Counterexample(Violation violation, List<String> steps) {

    @Override
    public String toString() {
        var text = new StringBuilder(violation.getMessage());
        for (var i = 0; i < steps.size(); i++) {
            text.append("\n  ").append(i + 1).append(". ").append(steps.get(i));
        }
        return text.toString();
    }
}
