/**
 * The program's command line: {@link dev.ringdraft.app.cli.RingdraftCommand} holds the commands,
 * one class each, and words refusals. {@link dev.ringdraft.app.cli.Commands} is what the program
 * does for them, {@link dev.ringdraft.app.cli.ExitCode} what the shell gets.
 */
@NullMarked
package dev.ringdraft.app.cli;

import org.jspecify.annotations.NullMarked;
