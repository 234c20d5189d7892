/**
 * The words that the program is called with: {@link dev.ringdraft.app.cli.Invocation} reads them,
 * {@link dev.ringdraft.app.cli.HelpText} explains them, {@link dev.ringdraft.app.cli.ExitCode} is
 * what the shell hears.
 */
@NullMarked
package dev.ringdraft.app.cli;

import org.jspecify.annotations.NullMarked;
