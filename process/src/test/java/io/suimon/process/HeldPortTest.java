package io.suimon.process;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class HeldPortTest {

    @Test
    void refusesBeforeAndAfterEachServerThatListensThere() throws IOException {
        try (var port = new HeldPort()) {
            for (int round = 0; round < 3; round++) {
                assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> connect(port));

                try (var server = port.listen();
                        var client = connect(port);
                        var accepted = server.accept()) {
                    assertThat(client.getLocalPort()).isEqualTo(accepted.getPort());
                }
            }
        }
    }

    @Test
    void isGivenToNobodyElse() throws IOException {
        try (var port = new HeldPort()) {
            var others = new ArrayList<ServerSocket>();
            try {
                for (int i = 0; i < 500; i++) {
                    others.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
                }

                assertThat(others).extracting(ServerSocket::getLocalPort).doesNotContain(port.number());
            } finally {
                for (var other : others) {
                    other.close();
                }
            }
        }
    }

    private static Socket connect(HeldPort port) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), port.number());
    }
}
