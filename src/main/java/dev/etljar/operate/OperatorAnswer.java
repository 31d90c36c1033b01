package dev.etljar.operate;

import dev.etljar.run.ExitCode;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What an operator's command has done.
 *
 * @param executionId the execution that it was done to, or null where there is none
 * @param status what was decided of that execution; else its status in the job repository now, or null
 * @param message for a person; says what to do next where there is something to do
 */
public record OperatorAnswer(
        ExitCode exitCode,
        @Nullable Long executionId,
        @Nullable String status,
        String message) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static OperatorAnswer wrong(String message) {
        return new OperatorAnswer(ExitCode.WRONG, null, null, message);
    }

    static OperatorAnswer of(ExitCode exitCode, ExecutionRow execution, String message) {
        return new OperatorAnswer(exitCode, execution.id(), execution.status(), message);
    }

    /** One JSON document; keys are always there, and null where nothing is known. */
    public String json() {
        return JSON.writeValueAsString(JsonNodeFactory.instance
                .objectNode()
                .put("exitCode", exitCode.code())
                .put("executionId", executionId)
                .put("status", status)
                .put("message", message));
    }
}
