package dev.portcullis.auth.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Rows of text in columns that are as wide as they must be. */
final class Table {

    private static final String GAP = "  ";

    private final List<String> head;
    private final List<List<String>> rows = new ArrayList<>();

    private Table(List<String> head) {
        this.head = head;
    }

    /** A table with a line of headings. */
    static Table of(String... head) {
        return new Table(List.of(head));
    }

    /** A table without headings. */
    static Table plain() {
        return new Table(List.of());
    }

    Table row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The lines, each after an indent. */
    List<String> lines(String indent, Style style) {
        int[] widths = widths();
        List<String> lines = new ArrayList<>();
        if (!head.isEmpty()) {
            lines.add(indent + style.bold(line(head, widths)));
        }
        for (List<String> row : rows) {
            lines.add(indent + line(row, widths));
        }
        return lines;
    }

    private int[] widths() {
        int columns =
                Math.max(head.size(), rows.stream().mapToInt(List::size).max().orElse(0));
        int[] widths = new int[columns];
        for (int i = 0; i < head.size(); i++) {
            widths[i] = width(head.get(i));
        }
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        }
        return widths;
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            line.append(cells.get(i));
            if (i < cells.size() - 1) {
                line.append(" ".repeat(widths[i] - width(cells.get(i)))).append(GAP);
            }
        }
        return line.toString().stripTrailing();
    }

    /** In characters as people count them; control sequences take no room. */
    private static int width(String cell) {
        String seen = cell.indexOf('\u001b') < 0 ? cell : cell.replaceAll("\u001b\\[[0-9;]*m", "");
        return seen.codePointCount(0, seen.length());
    }

    @Override
    public String toString() {
        return Arrays.stream(widths()).mapToObj(Integer::toString).collect(Collectors.joining(",", "Table[", "]"));
    }
}
