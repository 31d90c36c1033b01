package dev.etljar.command;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The shell's side of completion, written from the commands as they are. picocli's own script knows the values of an option
 * only as they were when it was written, and so no jobs.
 */
final class CompletionScript {

    /** Stands for the names of the jobs; no word of the command line begins so. */
    private static final String JOBS = "@jobs";

    /** Stands for the names of files. */
    private static final String FILES = "@files";

    private static final String SCRIPT = """
            # Completes the command line of etl.jar in bash and zsh. Written by its command 'completion'; in ~/.bashrc or ~/.zshrc:
            #   alias NAME='java -jar /srv/etl/etl.jar'
            #   source /srv/etl/NAME-completion.sh

            if [ -n "${ZSH_VERSION-}" ]; then
              autoload -U +X compinit && compinit
              autoload -U +X bashcompinit && bashcompinit
            fi

            _NAME_options() {
              case "$1" in
            OPTIONS
              esac
            }

            # The values of an option; without one, those of the command's first argument.
            _NAME_values() {
              case "$1 $2" in
            VALUES
              esac
            }

            # The shell runs what stands in a word between $( and ): the name of a file that is no job's is passed over.
            _NAME_jobs() {
              find "$1/config/jobs" -maxdepth 1 -type f 2>/dev/null |
                sed -n -e 's|^.*/\\([A-Za-z0-9][A-Za-z0-9._-]*\\)\\.ya*ml$|\\1|p' | sort -u
            }

            _NAME() {
              local word values before="" after="" command="" option="" argument="" home="." current="" joined=0 i
              for ((i = 1; i <= COMP_CWORD; i++)); do
                word="${COMP_WORDS[i]}"
                # bash takes --option=value apart at the equals sign, zsh does not.
                if [ "$word" = "=" ] && [ "$i" -gt 1 ]; then
                  current="$current="
                  joined=1
                  [ "$i" -lt "$COMP_CWORD" ] && continue
                elif [ "$joined" = 1 ]; then
                  current="$current$word"
                  joined=2
                else
                  current="$word"
                fi
                if [ "$i" -lt "$COMP_CWORD" ]; then
                  case "$current" in
                    --etl.home=*) home="${current#*=}" ;;
                    -*) ;;
                    *)
                      if [ -z "$command" ] && [ -n "$(_NAME_options "$current")" ]; then
                        command="$current"
                      else
                        argument="$current"
                      fi
                      ;;
                  esac
                  joined=0
                fi
              done
              COMPREPLY=()
              # zsh is to add no blank, which would part an option from its value; so there a word that is complete has one.
              after="${ZSH_VERSION:+ }"
              case "$current" in
                --*=*)
                  option="${current%%=*}"
                  [ "$joined" = 0 ] && before="$option="
                  current="${current#*=}"
                  values="$(_NAME_values "$command" "$option")"
                  ;;
                -*)
                  values="$(_NAME_options "$command")"
                  after=""
                  ;;
                *) [ -z "$argument" ] && values="$(_NAME_values "$command" "")" ;;
              esac
              case "$values" in
                @files)
                  after=""
                  compopt -o filenames 2>/dev/null
                  values="$(compgen -P "$before" -f -- "$current")"
                  ;;
                @jobs) values="$(compgen -P "$before" -W "$(_NAME_jobs "$home")" -- "$current")" ;;
                *) values="$(compgen -P "$before" -W "$values" -- "$current")" ;;
              esac
              while IFS= read -r word; do
                [ -n "$word" ] && COMPREPLY+=("$word$after")
              done <<< "$values"
              case "${COMPREPLY[0]-}" in
                *=) compopt -o nospace 2>/dev/null ;;
              esac
            }

            if [ -n "${ZSH_VERSION-}" ]; then
              complete -o nospace -F _NAME NAME
            else
              complete -F _NAME NAME
            fi
            """;

    private final String name;
    private final CommandSpec root;

    /** @param name of letters, digits and underscores: it becomes a part of the names of the shell's functions */
    CompletionScript(String name, CommandSpec root) {
        this.name = name;
        this.root = root;
    }

    String text() {
        Map<String, String> options = new LinkedHashMap<>();
        Map<String, String> values = new LinkedHashMap<>();
        add("", root, options, values);
        values.put(" ", String.join(" ", root.subcommands().keySet()));
        root.subcommands().forEach((command, line) -> add(command, line.getCommandSpec(), options, values));
        return SCRIPT.replace("OPTIONS", cases(options))
                .replace("VALUES", cases(values))
                .replace("NAME", name);
    }

    private static void add(String command, CommandSpec spec, Map<String, String> options, Map<String, String> values) {
        List<String> names = new ArrayList<>();
        for (OptionSpec option : spec.options()) {
            if (!option.hidden()) {
                names.add(option.longestName() + (takesValue(option) ? "=" : ""));
                put(values, command + " " + option.longestName(), candidates(option));
            }
        }
        options.put(command, String.join(" ", names));
        for (PositionalParamSpec argument : spec.positionalParameters()) {
            if (argument.index().contains(0)) {
                put(values, command + " ", candidates(argument));
            }
        }
    }

    private static void put(Map<String, String> values, String place, String candidates) {
        if (!candidates.isEmpty()) {
            values.putIfAbsent(place, candidates);
        }
    }

    private static boolean takesValue(OptionSpec option) {
        return option.arity().max() > 0;
    }

    private static String candidates(ArgSpec argument) {
        @Nullable Iterable<String> named = argument.completionCandidates();
        if (named instanceof JobNames) {
            return JOBS;
        }
        Class<?> type = argument.type();
        if (type == Path.class || type == File.class) {
            return FILES;
        }
        List<String> words = new ArrayList<>();
        (named == null ? Collections.<String>emptyList() : named).forEach(words::add);
        return type == Format.class ? String.join(" ", words).toLowerCase(Locale.ROOT) : String.join(" ", words);
    }

    private static String cases(Map<String, String> cases) {
        return cases.entrySet().stream()
                .map(each -> "    '" + each.getKey() + "') echo '" + each.getValue() + "' ;;")
                .collect(Collectors.joining("\n"));
    }
}
