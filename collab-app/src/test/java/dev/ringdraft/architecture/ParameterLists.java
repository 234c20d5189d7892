package dev.ringdraft.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;

/**
 * How many positional parameters a caller has to keep apart: four. More are a group of values that
 * belong together, or a builder. What a library prescribes does not count: overrides, and the
 * resource methods of Jakarta REST.
 */
final class ParameterLists {
  static final int MOST = 4;

  /** The records and classes whose constructors may have more, each with the reason. */
  static final Map<String, String> EXCEPTIONS =
      Map.ofEntries(
          Map.entry("dev.ringdraft.draft.DraftEvent$RingPassed", "a fact, made by the rules"),
          Map.entry(
              "dev.ringdraft.draft.DraftEvent$CollaboratorUpdated", "a fact, made by the rules"),
          Map.entry("dev.ringdraft.draft.DraftEvent$DraftCreated", "a fact, made by the rules"),
          Map.entry("dev.ringdraft.draft.Draft", "folded from facts"),
          Map.entry("dev.ringdraft.turn.Turns", "folded from facts"),
          Map.entry("dev.ringdraft.segment.Segment", "a fact, made by the rules"),
          Map.entry("dev.ringdraft.view.DraftSummary", "a row, folded from facts"),
          Map.entry("dev.ringdraft.view.DraftStatistics", "figures, folded from facts"),
          Map.entry("dev.ringdraft.rest.json.StatisticsBody", "the members of a JSON object"),
          Map.entry("dev.ringdraft.eventstore.Commit", "a write, made by the command handler"),
          Map.entry("dev.ringdraft.app.config.Configuration", "one record a concern, read at once"),
          Map.entry("dev.ringdraft.app.config.LimitSettings", "one record a concern, read at once"),
          Map.entry("dev.ringdraft.wire.DraftSnapshot", "the members of a JSON object, in order"),
          Map.entry("dev.ringdraft.wire.DraftSnapshot$Ring", "the members of a JSON object"),
          Map.entry("dev.ringdraft.wire.ServerFrame$Connected", "the members of a JSON object"),
          Map.entry(
              "dev.ringdraft.websocket.handshake.GrantedHandshake", "made by the handshake alone"),
          Map.entry("dev.ringdraft.bench.report.LatencySummary", "a row of the report"),
          Map.entry("dev.ringdraft.bench.report.LoadStats", "a row of the report"));

  private ParameterLists() {}

  static ArchRule rule() {
    return codeUnits()
        .that()
        .areDeclaredInClassesThat()
        .resideInAPackage("..ringdraft..")
        .should(
            new ArchCondition<JavaCodeUnit>("have at most " + MOST + " parameters") {
              @Override
              public void check(JavaCodeUnit unit, ConditionEvents events) {
                boolean keeps =
                    !isTooLong(unit) || EXCEPTIONS.containsKey(unit.getOwner().getName());
                events.add(new SimpleConditionEvent(unit, keeps, unit.getDescription()));
              }
            });
  }

  /** Whether some public constructor or method of a class has more parameters than others may. */
  static boolean isLong(JavaClass each) {
    return each.getCodeUnits().stream().anyMatch(ParameterLists::isTooLong);
  }

  private static boolean isTooLong(JavaCodeUnit unit) {
    return unit.getRawParameterTypes().size() > MOST
        && unit.getModifiers().contains(JavaModifier.PUBLIC)
        && unit.getOwner().getModifiers().contains(JavaModifier.PUBLIC)
        && !isPrescribed(unit);
  }

  private static boolean isPrescribed(JavaCodeUnit unit) {
    return unit instanceof JavaMethod method
        && (Rules.isPrescribed(method) || method.isMetaAnnotatedWith("jakarta.ws.rs.HttpMethod"));
  }
}
