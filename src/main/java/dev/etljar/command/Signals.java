package dev.etljar.command;

import dev.etljar.run.StopSignal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;

/**
 * SIGTERM and Ctrl-C ask for a stop: the chunk ends, the checkpoint is kept, and the process ends with its own exit
 * code. A shutdown hook would not do: it cannot set the exit code, and runs beside the one that closes H2. A second
 * signal ends the process at once, which is as safe as {@code kill -9}. {@code sun.misc.Signal} is in jdk.unsupported,
 * which every Java from 9 to 25 has.
 */
final class Signals {

    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);
    private static final int SIGNAL_BASE = 128;

    private Signals() {}

    static void stopOnRequest(StopSignal stop) {
        for (String name : new String[] {"TERM", "INT"}) {
            Signal.handle(new Signal(name), signal -> {
                if (stop.isRequested()) {
                    Runtime.getRuntime().halt(SIGNAL_BASE + signal.getNumber());
                }
                LOG.info("SIG{}: stops when the chunk at hand has ended; a second signal ends it at once", name);
                stop.request();
            });
        }
    }
}
