package io.suimon.engine.directory;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Directories that say what a test wants, and remember what they were asked. */
public final class AskedDirectories implements Directories {

    /** What they were asked, last one last. */
    public final List<String> asked = new ArrayList<>();

    private final Login answer;
    private @Nullable DirectoryServer server;

    public AskedDirectories(Login answer) {
        this.answer = answer;
    }

    /** The one that was asked last. */
    public @Nullable DirectoryServer server() {
        return server;
    }

    @Override
    public CompletionStage<Login> bind(DirectoryServer directory, String dn, byte[] password) {
        return answer(directory, "bind " + dn + " " + new String(password, StandardCharsets.UTF_8));
    }

    @Override
    public CompletionStage<Login> find(DirectoryServer directory, DirectorySearch search, DirectoryCredentials who) {
        return answer(
                directory,
                "find %s %s %s=%s limit %d time %d, bind %s"
                        .formatted(
                                search.bindDn(),
                                search.baseDn(),
                                search.attribute(),
                                who.user(),
                                search.sizeLimit(),
                                search.timeLimitSeconds(),
                                new String(who.password(), StandardCharsets.UTF_8)));
    }

    private CompletionStage<Login> answer(DirectoryServer directory, String question) {
        server = directory;
        asked.add(question);
        return CompletableFuture.completedStage(answer);
    }
}
