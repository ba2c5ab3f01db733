package io.suimon.dataplane.discovery.http;

import io.suimon.dataplane.discovery.Registry.Watch;
import io.suimon.dataplane.discovery.ServiceSink;
import io.suimon.engine.resource.Endpoint;
import io.suimon.engine.resource.Upstream.Discovery;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The services of a registry that are asked for one by one: only those that somebody follows. Thread-safe. */
public final class Followers implements AutoCloseable {

    private final RandomGenerator random;
    private final Set<Follower> followers = ConcurrentHashMap.newKeySet();

    public Followers(RandomGenerator random) {
        this.random = random;
    }

    /** Asks for one service. */
    public interface Question {

        Answer ask() throws IOException, InterruptedException;
    }

    /**
     * What a service has.
     *
     * @param goodFor until it is asked for again
     */
    public record Answer(List<Endpoint> endpoints, Duration goodFor) {}

    /** Follows a service until it is closed. */
    public Watch follow(Discovery service, ServiceSink sink, Question question) {
        var follower = new Follower(service, sink, question);
        followers.add(follower);
        follower.rounds.start();
        return follower;
    }

    /** How many there are. */
    public int size() {
        return followers.size();
    }

    /** What is known of each that something is known of. */
    public void forEachKnown(BiConsumer<Discovery, List<Endpoint>> reader) {
        followers.forEach(follower -> {
            var known = follower.known;
            if (known != null) {
                reader.accept(follower.service, known);
            }
        });
    }

    @Override
    public void close() {
        followers.forEach(Follower::close);
    }

    private final class Follower implements Watch {

        private final Discovery service;
        private final ServiceSink sink;
        private final Question question;
        private final Rounds rounds;
        private volatile @Nullable List<Endpoint> known;

        Follower(Discovery service, ServiceSink sink, Question question) {
            this.service = service;
            this.sink = sink;
            this.question = question;
            this.rounds = new Rounds(service.type(), this::round, sink::failed, random);
        }

        private Duration round() throws IOException, InterruptedException {
            var answer = question.ask();
            known = answer.endpoints();
            sink.found(answer.endpoints());
            return answer.goodFor();
        }

        @Override
        public void close() {
            rounds.close();
            followers.remove(this);
        }
    }
}
