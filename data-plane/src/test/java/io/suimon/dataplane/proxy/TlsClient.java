package io.suimon.dataplane.proxy;

import io.suimon.process.TestPatience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A TLS connection of the JDK's client: trusts by name of the authority only, so that any server name can be asked for. */
final class TlsClient implements AutoCloseable {

    private final SSLSocket socket;

    private TlsClient(SSLSocket socket) {
        this.socket = socket;
    }

    /** Connects and shakes hands. */
    static TlsClient connect(SSLContext context, int port, @Nullable String serverName, String... protocols)
            throws IOException {
        var socket = (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        try {
            socket.setSoTimeout(TestPatience.MILLIS);
            var parameters = socket.getSSLParameters();
            parameters.setServerNames(serverName == null ? List.of() : List.of(new SNIHostName(serverName)));
            if (protocols.length > 0) {
                parameters.setProtocols(protocols);
            }
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return new TlsClient(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Connects, and agrees on HTTP/2. */
    static SSLSocket overHttp2(SSLContext context, int port, String serverName) throws IOException {
        var socket = (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        var parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(serverName)));
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    /** Shakes hands on a connection that exists; closing it leaves that one open. */
    static SSLSocket over(SSLContext context, Socket connected, String serverName) throws IOException {
        var socket = (SSLSocket) context.getSocketFactory().createSocket(connected, serverName, 443, false);
        var parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(serverName)));
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    SSLSocket socket() {
        return socket;
    }

    /** The subject of the certificate that was shown. */
    String subject() throws IOException {
        var shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
        return shown.getSubjectX500Principal().getName();
    }

    TlsClient send(String text) throws IOException {
        socket.getOutputStream().write(Wire.bytes(text));
        socket.getOutputStream().flush();
        return this;
    }

    TlsClient get(String host, String path) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    }

    /** Reads a response with a length. */
    String response() throws IOException {
        var in = socket.getInputStream();
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            if (b < 0) {
                return head + "<end>";
            }
            head.append((char) b);
        }
        int at = head.indexOf("Content-Length: ") + 16;
        int length = Integer.parseInt(head.substring(at, head.indexOf("\r", at)));
        return head + Wire.text(in.readNBytes(length));
    }

    int status() throws IOException {
        return Integer.parseInt(response().substring(9, 12));
    }

    /** Reads to the end of the connection, which has to be told by an alert: a cut one throws. */
    String all() throws IOException {
        return Wire.text(socket.getInputStream().readAllBytes());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
