package io.suimon.dataplane.proxy;

import io.suimon.process.TestPatience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;

/** A client that sends exactly these bytes, and reads what comes back. */
final class RawClient implements AutoCloseable {

    final Socket socket;

    RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TestPatience.MILLIS);
        socket.setTcpNoDelay(true);
    }

    RawClient send(String text) throws IOException {
        socket.getOutputStream().write(Wire.bytes(text));
        socket.getOutputStream().flush();
        return this;
    }

    /** Everything up to the end of the connection. */
    String all() throws IOException {
        return Wire.text(socket.getInputStream().readAllBytes());
    }

    /** Sends this to a peer that soon hangs up, and reads to the end: a reset, where the peer had not read this before. */
    String answerBeforeTheEnd(String begin) throws IOException {
        try {
            return send(begin).all();
        } catch (SocketException e) {
            return "";
        }
    }

    /** Everything up to and with this text. */
    String until(String end) throws IOException {
        var text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            int b = socket.getInputStream().read();
            if (b < 0) {
                throw new IOException("the connection ended behind: " + text);
            }
            text.append((char) b);
        }
        return text.toString();
    }

    String read(int bytes) throws IOException {
        return Wire.text(socket.getInputStream().readNBytes(bytes));
    }

    /** The head of a response, and its body by Content-Length. */
    String response() throws IOException {
        var head = until("\r\n\r\n");
        int at = head.indexOf("Content-Length: ");
        int length = at < 0 ? 0 : Integer.parseInt(head.substring(at + 16, head.indexOf('\r', at)));
        return head + read(length);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
