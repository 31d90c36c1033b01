package dev.etljar.progress;

import dev.etljar.progress.RateWindow.Rate;
import dev.etljar.run.Phase;
import dev.etljar.run.PhaseSummary;
import dev.etljar.run.Progress;
import dev.etljar.run.RunStart;
import dev.etljar.text.HumanFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The text of progress.json: {@code .state}, {@code .phases.DOWNLOAD.status}, {@code .process.percent} and so on.
 * Every key is always there and null where nobody knows. Instants are ISO 8601, in UTC.
 */
final class ProgressDocument {

    private static final int LONGEST_MESSAGE = 1000;

    private ProgressDocument() {}

    static String of(RunStart run, ProgressState state) {
        Instant now = state.now();
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("job", HumanFormat.oneLine(run.job(), LONGEST_MESSAGE));
        document.put("executionId", run.executionId());
        document.put("instanceId", run.instanceId());
        document.put("restarted", run.restarted());
        document.put("state", state.state().name());
        @Nullable String message = state.message();
        document.put("message", message == null ? null : HumanFormat.oneLine(message, LONGEST_MESSAGE));
        document.put("updated", now.toString());
        ObjectNode phases = document.putObject("phases");
        for (PhaseTrack track : state.tracks()) {
            phases.set(track.phase().name(), phase(track));
        }
        document.set("process", numbers(state.track(Phase.PROCESS), now));
        return document.toPrettyString() + "\n";
    }

    private static ObjectNode phase(PhaseTrack track) {
        PhaseSummary summary = track.summary();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("status", summary.status().name());
        node.put("start", text(summary.start()));
        node.put("end", text(summary.end()));
        Optional<Progress> progress = track.progress();
        node.put("position", progress.map(Progress::position).orElse(null));
        node.put("total", total(progress));
        node.put("percent", percent(track));
        return node;
    }

    private static ObjectNode numbers(PhaseTrack track, Instant now) {
        Optional<Progress> progress = track.progress();
        Optional<Duration> left = track.left(now);
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("position", progress.map(Progress::position).orElse(null));
        node.put("total", total(progress));
        node.put("percent", percent(track));
        node.put(
                "recordsPerSecond",
                track.rate(now).map(Rate::records).map(Math::round).orElse(null));
        node.put("eta", text(left.map(now::plus).orElse(null)));
        node.put("remainingMilliseconds", left.map(Duration::toMillis).orElse(null));
        node.put("loaded", progress.map(Progress::loaded).orElse(null));
        node.put("rejected", progress.map(Progress::rejected).orElse(null));
        return node;
    }

    private static @Nullable Long total(Optional<Progress> progress) {
        return progress.map(Progress::total).filter(total -> total >= 0).orElse(null);
    }

    private static @Nullable Double percent(PhaseTrack track) {
        return track.percent().isPresent() ? track.percent().getAsDouble() : null;
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
