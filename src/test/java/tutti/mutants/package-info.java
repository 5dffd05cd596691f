/**
 * Who guards the guards: takes one rule after another out of the production rules, and wants to see something turn red – the
 * simulation, or a test of that rule alone.
 *
 * <p>The mutants are listed under {@code src/test/resources/mutants}, one file for each class of the rules. Each is a piece
 * of that class's source, what stands in its place, and who has to notice. The changed source is compiled in memory and
 * loaded with rooms and tests of its own, beside the real ones. Absent: changes made at random; each of these takes
 * something away that somebody once put there for a reason.
 */
package tutti.mutants;
