package io.suimon.controlplane.stream;

import io.grpc.stub.ServerCallStreamObserver;
import io.suimon.proto.sync.v1.ControlMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The end of a stream that takes whatever it is given. */
final class PaperCall extends ServerCallStreamObserver<ControlMessage> {

    final List<ControlMessage> sent = new ArrayList<>();

    @Nullable
    Throwable end;

    @Override
    public void onNext(ControlMessage message) {
        sent.add(message);
    }

    @Override
    public void onError(Throwable failure) {
        end = failure;
    }

    @Override
    public void onCompleted() {
        throw new AssertionError("a node that says nothing has not left");
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public boolean isCancelled() {
        return false;
    }

    @Override
    public void setOnCancelHandler(Runnable handler) {
        // Nobody cancels.
    }

    @Override
    public void setCompression(String compression) {
        // Nothing is written.
    }

    @Override
    public void setOnReadyHandler(Runnable handler) {
        // It is ready from the beginning.
    }

    @Override
    public void request(int count) {
        // What the node says is handed in.
    }

    @Override
    public void setMessageCompression(boolean enable) {
        // Nothing is written.
    }

    @Override
    public void disableAutoInboundFlowControl() {
        // What the node says is handed in.
    }
}
