/**
 * Classes that break the rules of the architecture, one each at least, so that the rules can be
 * seen to catch them. Nothing uses them.
 */
package planted.ringdraft;
