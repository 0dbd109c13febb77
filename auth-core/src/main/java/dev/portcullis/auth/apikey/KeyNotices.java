package dev.portcullis.auth.apikey;

import dev.portcullis.auth.ChangeNotices;
import java.util.UUID;

/** Hears of keys that were changed. */
record KeyNotices(ChangeStamps stamps, Horizon horizon) implements ChangeNotices.Listener {

    /** What names no key may be about any. */
    @Override
    public void changed(String id) {
        try {
            stamps.keyChanged(UUID.fromString(id));
        } catch (IllegalArgumentException e) {
            horizon.gap();
        }
    }

    @Override
    public void anythingMayHaveChanged() {
        horizon.gap();
    }
}
