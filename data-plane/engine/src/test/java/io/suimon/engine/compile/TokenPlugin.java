package io.suimon.engine.compile;

import io.suimon.engine.plugin.AuthPlugin;
import io.suimon.engine.plugin.Decision;
import io.suimon.engine.plugin.Filter;
import io.suimon.engine.plugin.PluginHost;

/** An auth plugin: consumers have a token. */
final class TokenPlugin implements AuthPlugin<NotePlugin.Config, TokenPlugin.Token> {

    record Token(String token) {}

    @Override
    public String name() {
        return "token";
    }

    @Override
    public int priority() {
        return 2500;
    }

    @Override
    public Class<NotePlugin.Config> configType() {
        return NotePlugin.Config.class;
    }

    @Override
    public Class<Token> credentialType() {
        return Token.class;
    }

    @Override
    public String keyProperty() {
        return "token";
    }

    @Override
    public String keyOf(Token credential) {
        return credential.token();
    }

    @Override
    public Filter bind(NotePlugin.Config config, PluginHost host) {
        return exchange -> Decision.proceed();
    }
}
