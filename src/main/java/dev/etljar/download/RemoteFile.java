package dev.etljar.download;

import dev.etljar.run.FileStamp;
import dev.etljar.run.InputFile;
import dev.etljar.run.PartialFile;
import dev.etljar.run.Phase;
import dev.etljar.run.RunContext;
import dev.etljar.run.RunFailedException;
import dev.etljar.run.Sha256;
import dev.etljar.text.PlainWords;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A remote source and its file in the workspace. A fetch goes: stream to a temporary name, verify, rename, write the record.
 * Whatever ends it before the record is written, the next call fetches again; after that, it keeps the file.
 */
final class RemoteFile {

    private final RemoteSource source;
    private final RunContext context;
    private final Attempts attempts;
    private final Server server;
    private final Path target;
    private final Path temporary;
    private final Path record;

    RemoteFile(RemoteSource source, Path folder, RunContext context, Patience patience) {
        this.source = source;
        this.context = context;
        this.attempts = new Attempts(patience, context.listener());
        this.server = new Server(source, patience, context.stop());
        this.target = folder.resolve(source.fileName());
        this.temporary = folder.resolve(source.fileName() + ".part");
        this.record = folder.resolve(source.fileName() + ".fetched.json");
    }

    /** The file, kept from an earlier call or fetched now. */
    InputFile fetch(Meter meter) {
        Optional<FetchRecord> kept = FetchRecord.read(record).filter(this::isStillThere);
        if (kept.isPresent()) {
            context.listener().noted(Phase.DOWNLOAD, source.label() + " was fetched before and is kept");
            meter.moved(kept.get().size(), kept.get().size());
            return inputFile(kept.get());
        }
        FetchRecord fetched = attempts.make(source, () -> attempt(meter));
        fetched.write(record);
        return inputFile(fetched);
    }

    /** Asks the server, and reads the whole content where the server does not say. */
    boolean isUnchanged(InputFile before) {
        Map<String, String> conditions = FetchRecord.read(record)
                .filter(known ->
                        known.urlSha256().equals(urlSha256()) && known.sha256().equals(before.sha256()))
                .map(FetchRecord::conditions)
                .orElse(Map.of());
        return attempts.make(source, () -> {
            HttpResponse<ResponseBody> response = server.get(conditions);
            try (ResponseBody body = response.body()) {
                if (response.statusCode() == 304) {
                    return true;
                }
                MessageDigest digest = Sha256.digest();
                drain(response, body, digest::update, Meter.NONE);
                return Sha256.hex(digest).equals(before.sha256());
            }
        });
    }

    private boolean isStillThere(FetchRecord known) {
        boolean asDefined = known.urlSha256().equals(urlSha256())
                && (source.sha256() == null || known.sha256().equals(source.sha256()));
        try {
            return asDefined
                    && Files.isRegularFile(target)
                    && Files.size(target) == known.size()
                    && Sha256.of(target, context.stop()).equals(known.sha256());
        } catch (IOException e) {
            throw new RunFailedException("cannot read " + target + ": " + PlainWords.reason(e), e);
        }
    }

    private FetchRecord attempt(Meter meter) throws IOException {
        HttpResponse<ResponseBody> response = server.get(Map.of());
        try (ResponseBody body = response.body();
                PartialFile partial = PartialFile.create(temporary)) {
            drain(response, body, partial::write, meter);
            Checksum.verify(source, partial.sha256());
            long size = partial.size();
            String sha256 = partial.complete(target);
            return new FetchRecord(
                    urlSha256(), size, sha256, header(response, "ETag"), header(response, "Last-Modified"));
        }
    }

    private void drain(HttpResponse<?> response, ResponseBody body, Consumer<ByteBuffer> sink, Meter meter)
            throws IOException {
        long total = response.headers().firstValueAsLong("Content-Length").orElse(-1);
        long done = 0;
        for (List<ByteBuffer> bytes = next(body); !bytes.isEmpty(); bytes = next(body)) {
            for (ByteBuffer block : bytes) {
                done += block.remaining();
                sink.accept(block);
            }
            meter.moved(done, total);
        }
        if (total >= 0 && done != total) {
            throw new MayPassException("the body ended after " + done + " of " + total + " bytes", null);
        }
    }

    private List<ByteBuffer> next(ResponseBody body) throws IOException {
        return body.next(source.readTimeout(), context.stop());
    }

    private InputFile inputFile(FetchRecord known) {
        try {
            return new InputFile(
                    source.name(), target, known.size(), known.sha256(), source.label(), FileStamp.of(target));
        } catch (IOException e) {
            throw new RunFailedException("cannot read " + target + ": " + PlainWords.reason(e), e);
        }
    }

    private String urlSha256() {
        return Sha256.of(source.uri().toString());
    }

    private static @Nullable String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse(null);
    }
}
