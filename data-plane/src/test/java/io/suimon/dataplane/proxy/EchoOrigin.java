package io.suimon.dataplane.proxy;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A WebSocket server (RFC 6455) that sends each frame back as it came; a text of "close" makes it close first, with 4002. */
final class EchoOrigin implements AutoCloseable {

    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    final RawOrigin origin;

    /** The frames that came: opcode, final or not, length; of a close the code. */
    final List<String> frames = new CopyOnWriteArrayList<>();

    EchoOrigin() throws IOException {
        origin = new RawOrigin(this::serve);
    }

    /** On a socket of any kind. */
    EchoOrigin(ServerSocket server) {
        origin = new RawOrigin(this::serve, server);
    }

    private void serve(RawOrigin.Connection connection) throws IOException {
        var head = connection.head();
        var key = head.lines()
                .filter(line -> line.startsWith("Sec-WebSocket-Key: "))
                .map(line -> line.substring(19))
                .findFirst();
        if (key.isEmpty() || !head.contains("Upgrade: websocket\r\n")) {
            connection.send("HTTP/1.1 426 Upgrade Required\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            return;
        }
        connection.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + accept(key.get()) + "\r\n\r\n");
        var in = new DataInputStream(connection.socket.getInputStream());
        while (echo(connection, in)) {
            // The next frame.
        }
    }

    private static String accept(String key) {
        try {
            var sha1 = MessageDigest.getInstance("SHA-1");
            var text = key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
            return Base64.getEncoder().encodeToString(sha1.digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean echo(RawOrigin.Connection connection, DataInputStream in) throws IOException {
        int first = in.readUnsignedByte();
        int length = in.readUnsignedByte() & 0x7f;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = Math.toIntExact(in.readLong());
        }
        byte[] mask = in.readNBytes(4);
        byte[] payload = in.readNBytes(length);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i & 3];
        }
        int opcode = first & 15;
        frames.add(
                opcode == CLOSE
                        ? "close " + ByteBuffer.wrap(payload).getShort()
                        : opcode + (first < 128 ? "+" : ".") + " " + length);
        boolean asksToClose = opcode == TEXT && new String(payload, StandardCharsets.UTF_8).equals("close");
        if (asksToClose) {
            send(connection, 128 | CLOSE, new byte[] {(byte) (4002 >> 8), (byte) 4002, 'b', 'y', 'e'});
        } else {
            send(connection, opcode == PING ? 128 | PONG : first, payload);
        }
        return opcode != CLOSE;
    }

    private static void send(RawOrigin.Connection connection, int first, byte[] payload) throws IOException {
        var frame = ByteBuffer.allocate(10 + payload.length).put((byte) first);
        if (payload.length < 126) {
            frame.put((byte) payload.length);
        } else if (payload.length < 1 << 16) {
            frame.put((byte) 126).putShort((short) payload.length);
        } else {
            frame.put((byte) 127).putLong(payload.length);
        }
        frame.put(payload);
        connection.socket.getOutputStream().write(frame.array(), 0, frame.position());
    }

    int port() {
        return origin.port();
    }

    @Override
    public void close() throws IOException {
        origin.close();
    }
}
