/** Benchmarks: figures of a running cluster, printed and never asserted. {@code run-cluster.sh bench NAME} runs one. */
package tutti.bench;
