package dev.portcullis.auth.spring;

/** A property is missing, wrong or contradicts another. */
final class SettingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String property;
    private final String problem;
    private final String remedy;

    /**
     * What is wrong.
     *
     * @param property the property's whole name
     * @param problem what is wrong with it, as the rest of a sentence that begins with its name
     * @param remedy what to do
     */
    SettingException(String property, String problem, String remedy) {
        super("The property " + property + " " + problem + ". " + remedy);
        this.property = property;
        this.problem = problem;
        this.remedy = remedy;
    }

    String property() {
        return property;
    }

    String problem() {
        return problem;
    }

    String remedy() {
        return remedy;
    }
}
