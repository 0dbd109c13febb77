package dev.portcullis.auth.testkit;

import dev.portcullis.auth.ChangeNotices;

/** Notices of one node whose connection can be cut: then nothing comes, and nobody says so. */
final class CuttableNotices implements ChangeNotices {

    private final ChangeNotices source;
    private volatile boolean deaf;
    private volatile boolean lost;
    private volatile Runnable afterwards = () -> {};

    CuttableNotices(ChangeNotices source) {
        this.source = source;
    }

    void cut() {
        lost = true;
        deaf = true;
    }

    /** What may have been missed is dropped before it is up to date again. */
    void mend() {
        if (lost) {
            deaf = false;
            afterwards.run();
            lost = false;
        }
    }

    @Override
    public Subscription subscribe(String topic, Listener listener) {
        afterwards = listener::anythingMayHaveChanged;
        Subscription connected = source.subscribe(topic, new Listener() {
            @Override
            public void changed(String id) {
                if (!deaf) {
                    listener.changed(id);
                }
            }

            @Override
            public void anythingMayHaveChanged() {
                listener.anythingMayHaveChanged();
            }
        });
        return new Subscription() {
            @Override
            public long nanosBehind() {
                return lost ? Long.MAX_VALUE : connected.nanosBehind();
            }

            @Override
            public void close() {
                connected.close();
            }
        };
    }
}
