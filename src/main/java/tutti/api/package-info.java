/**
 * The public REST contract, below {@code /api/v1}: reads requests, asks the desks, and writes JSON. Every answer that is not
 * a success is a problem of RFC 9457 with a sentence for a person.
 *
 * <p>May use: {@code site}, the rule rooms for values, JAX-RS and JSON-P. Absent: rules, and rights: the desks decide both.
 */
package tutti.api;
