package dev.portcullis.auth.testkit;

import dev.portcullis.auth.signature.InMemoryReplayMemory;
import dev.portcullis.auth.signature.ReplayMemory;

class InMemoryReplayMemoryContractTest implements ReplayMemoryContract {

    @Override
    public ReplayMemory newReplayMemory() {
        return new InMemoryReplayMemory();
    }
}
