package io.suimon.dataplane.discovery.dns;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A name server for datagrams that answers as no good one would. Silent about what no script is for. */
final class ScriptedDns implements AutoCloseable {

    static final int SERVFAIL = 2;
    static final int NXDOMAIN = 3;
    static final int REFUSED = 5;

    private static final Map<Integer, String> TYPES = Map.of(1, "A", 28, "AAAA", 33, "SRV", 5, "CNAME");

    /**
     * An answer.
     *
     * @param asked as {@code A one.test.}, where the question is not repeated as it came; empty where it is
     * @param additional how many of the records are that
     */
    record Answer(int code, String asked, int additional, List<byte[]> records) {

        Answer toAnother(String question) {
            return new Answer(code, question, additional, records);
        }

        Answer and(byte[]... more) {
            var all = new ArrayList<>(records);
            all.addAll(List.of(more));
            return new Answer(code, asked, more.length, all);
        }
    }

    static Answer error(int code) {
        return new Answer(code, "", 0, List.of());
    }

    static Answer answer(byte[]... records) {
        return new Answer(0, "", 0, List.of(records));
    }

    final List<String> questions = new CopyOnWriteArrayList<>();
    private final Map<String, Answer> script = new ConcurrentHashMap<>();
    private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());

    ScriptedDns() throws SocketException {
        Thread.ofVirtual().start(this::serve);
    }

    /** @param question as {@code A one.test.} */
    ScriptedDns says(String question, Answer answer) {
        script.put(question, answer);
        return this;
    }

    String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    private void serve() {
        try {
            while (true) {
                var packet = new DatagramPacket(new byte[2048], 2048);
                socket.receive(packet);
                reply(packet);
            }
        } catch (SocketException e) {
            // closed
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void reply(DatagramPacket packet) throws IOException {
        var in = ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
        short id = in.getShort();
        in.position(12);
        var name = new StringBuilder();
        for (int length = in.get(); length > 0; length = in.get()) {
            var label = new byte[length];
            in.get(label);
            name.append(new String(label, StandardCharsets.US_ASCII)).append('.');
        }
        int type = in.getShort();
        var question = TYPES.get(type) + " " + name;
        questions.add(question);
        var said = script.get(question);
        if (said == null) {
            return;
        }
        var out = new ByteArrayOutputStream();
        var data = new DataOutputStream(out);
        data.writeShort(id);
        data.writeShort(0x8180 | said.code);
        data.writeShort(1);
        data.writeShort(said.records.size() - said.additional);
        data.writeShort(0);
        data.writeShort(said.additional);
        data.write(name(said.asked.isEmpty() ? name.toString() : said.asked));
        data.writeShort(type);
        data.writeShort(1);
        for (var record : said.records) {
            data.write(record);
        }
        socket.send(new DatagramPacket(out.toByteArray(), out.size(), packet.getSocketAddress()));
    }

    static byte[] a(String name, int ttl, int... bytes) {
        var content = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            content[i] = (byte) bytes[i];
        }
        return record(name, 1, ttl, content);
    }

    static byte[] cname(String name, String target) {
        return record(name, 5, 1, name(target));
    }

    static byte[] srv(String name, int priority, int weight, int port, String target) {
        var host = name(target);
        var content = ByteBuffer.allocate(6 + host.length)
                .putShort((short) priority)
                .putShort((short) weight)
                .putShort((short) port)
                .put(host);
        return record(name, 33, 1, content.array());
    }

    /** One whose content is what it is. */
    static byte[] record(String name, int type, int ttl, byte[] content) {
        var owner = name(name);
        return ByteBuffer.allocate(owner.length + 10 + content.length)
                .put(owner)
                .putShort((short) type)
                .putShort((short) 1)
                .putInt(ttl)
                .putShort((short) content.length)
                .put(content)
                .array();
    }

    private static byte[] name(String text) {
        var out = new ByteArrayOutputStream();
        for (var label :
                Arrays.stream(text.split("\\.")).filter(one -> !one.isEmpty()).toList()) {
            out.write(label.length());
            out.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
        }
        out.write(0);
        return out.toByteArray();
    }

    @Override
    public void close() {
        socket.close();
    }
}
