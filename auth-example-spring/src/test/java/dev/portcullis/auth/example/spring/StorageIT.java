package dev.portcullis.auth.example.spring;

import dev.portcullis.auth.example.StorageSuite;
import java.util.List;

class StorageIT extends StorageSuite {

    @Override
    protected List<String> program() {
        return Packaged.program();
    }

    @Override
    protected List<String> other() {
        return Packaged.other();
    }
}
