package io.suimon.dataplane.directory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * TLS sockets whose handshake fails where the certificate is not for the host they connect to, as RFC 4513, 3.1.3 says. The JDK
 * checks; it compares with the name that was asked for, never with one it looked up. Thread-safe.
 */
final class NameCheckingSockets extends SSLSocketFactory {

    private final SSLSocketFactory sockets;

    NameCheckingSockets(SSLSocketFactory sockets) {
        this.sockets = sockets;
    }

    private static Socket checking(Socket socket) {
        if (!(socket instanceof SSLSocket tls)) {
            throw new IllegalArgumentException("socket: " + socket.getClass() + " (expected: one that speaks TLS)");
        }
        var parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("LDAPS");
        tls.setSSLParameters(parameters);
        return tls;
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return sockets.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return sockets.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket() throws IOException {
        return checking(sockets.createSocket());
    }

    @Override
    public Socket createSocket(Socket plain, String host, int port, boolean close) throws IOException {
        return checking(sockets.createSocket(plain, host, port, close));
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return checking(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) throws IOException {
        return checking(sockets.createSocket(host, port, from, fromPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return checking(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) throws IOException {
        return checking(sockets.createSocket(host, port, from, fromPort));
    }
}
