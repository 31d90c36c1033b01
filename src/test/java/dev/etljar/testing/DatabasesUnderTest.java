package dev.etljar.testing;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Says in one line, when the last test has ended, which databases were asked. */
public final class DatabasesUnderTest implements LauncherSessionListener {

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        if (!TestDatabase.underTest().isEmpty()) {
            System.out.println("Databases under test: " + String.join(", ", TestDatabase.underTest()));
        }
    }
}
