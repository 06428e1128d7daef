import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.javarosa.core.model.FormDef;
import org.javarosa.core.model.FormIndex;
import org.javarosa.core.model.GroupDef;
import org.javarosa.core.model.IFormElement;
import org.javarosa.core.model.QuestionDef;
import org.javarosa.core.model.condition.EvaluationContext;
import org.javarosa.core.model.condition.IFunctionHandler;
import org.javarosa.core.model.data.IAnswerData;
import org.javarosa.core.model.instance.InstanceInitializationFactory;
import org.javarosa.core.model.instance.TreeElement;
import org.javarosa.core.model.instance.TreeReference;
import org.javarosa.core.reference.Reference;
import org.javarosa.core.reference.ReferenceFactory;
import org.javarosa.core.reference.ReferenceManager;
import org.javarosa.core.services.IPropertyManager;
import org.javarosa.core.services.PropertyManager;
import org.javarosa.core.services.properties.IPropertyRules;
import org.javarosa.core.util.JavaRosaCoreModule;
import org.javarosa.form.api.FormEntryPrompt;
import org.javarosa.model.xform.XFormsModule;
import org.javarosa.xform.parse.XFormParser;
import org.javarosa.xform.util.XFormAnswerDataParser;
import org.javarosa.xform.util.XFormAnswerDataSerializer;
import org.javarosa.xform.util.XFormUtils;

/**
 * Plays steps on forms with JavaRosa and prints how every node stands.
 *
 * Argument: a folder with jobs. A job is a text file: the path of a form, then one step for each line (operation, path, value, parted by
 * tabs). Printed for each job: its name, then "!" and a reason if JavaRosa cannot load the form, else for each node its path, whether it
 * is relevant, and its value. After the last node of a job stands an empty line.
 */
public class Play {
    private static final int ROUNDS = 8;
    private final FormDef form;
    private final XFormAnswerDataSerializer serializer = new XFormAnswerDataSerializer();

    private Play(FormDef form) {
        this.form = form;
    }

    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        prepare(Paths.get(arguments[0]));
        File[] jobs = new File(arguments[0]).listFiles((folder, name) -> name.endsWith(".job"));
        Arrays.sort(jobs);
        for (File job : jobs) {
            out.println("#" + job.getName());
            try {
                out.print(play(Files.readAllLines(job.toPath(), StandardCharsets.UTF_8)));
            } catch (Throwable fault) {
                Throwable deepest = fault;
                while (deepest.getCause() != null) {
                    deepest = deepest.getCause();
                }
                out.println("!" + flat(deepest.getClass().getSimpleName() + ": " + deepest.getMessage()));
            }
            out.println();
        }
    }

    private static void prepare(Path media) {
        new JavaRosaCoreModule().registerModule();
        new XFormsModule().registerModule();
        PropertyManager.setPropertyManager(new Nobody());
        ReferenceManager.instance().addReferenceFactory(new Companions(media));
        XFormParser.registerActionHandler("setgeopoint", new org.opendatakit.validate.StubSetGeopointActionHandler());
    }

    private static String play(List<String> job) throws Exception {
        FormDef form;
        try (InputStream source = new FileInputStream(job.get(0))) {
            form = XFormUtils.getFormFromInputStream(source);
        }
        form.addFunctionHandler(new Nothing("pulldata"));
        form.initialize(true, new InstanceInitializationFactory());
        Play play = new Play(form);
        play.rest();
        StringBuilder refused = new StringBuilder();
        for (String line : job.subList(1, job.size())) {
            String[] step = line.split("\t", -1);
            if (!play.step(step[0], step[1], step.length > 2 ? step[2] : "")) {
                refused.append("?").append(flat(line)).append("\n");
            }
            play.rest();
        }
        return refused + play.state();
    }

    private boolean step(String operation, String path, String value) throws Exception {
        if (operation.equals("fit")) {
            return fit(path, Integer.parseInt(value));
        }
        if (operation.equals("set")) {
            TreeReference reference = reference(path);
            TreeElement node = form.getMainInstance().resolveReference(reference);
            QuestionDef question = FormDef.findQuestionByRef(reference, form);
            if (node == null) {
                return false;
            }
            IAnswerData answer = value.isEmpty() ? null : XFormAnswerDataParser.getAnswerData(value, node.getDataType(), question);
            form.setValue(answer, reference, true);
            return true;
        }
        boolean adding = operation.equals("add");
        FormIndex index = repeatIndex(path, adding);
        if (index == null) {
            return false;
        }
        if (adding) {
            form.createNewRepeat(index);
        } else {
            form.deleteRepeat(index);
        }
        return true;
    }

    private TreeReference reference(String path) {
        TreeReference found = TreeReference.rootRef();
        for (String step : path.substring(1).split("/")) {
            int bracket = step.indexOf('[');
            String name = bracket < 0 ? step : step.substring(0, bracket);
            found.add(name, bracket < 0 ? 0 : Integer.parseInt(step.substring(bracket + 1, step.length() - 1)) - 1);
        }
        return found;
    }

    /** The index of an instance ("/data/kid[2]"), or of the next new one of a repeat ("/data/kid"). */
    private FormIndex repeatIndex(String path, boolean adding) {
        FormIndex[] found = new FormIndex[1];
        walk(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), form, (index, element, isNew) -> {
            if (element instanceof GroupDef && ((GroupDef) element).getRepeat() && isNew == adding) {
                String at = path(index.getReference());
                if (path.equals(adding ? at.substring(0, at.lastIndexOf('[')) : at)) {
                    found[0] = index;
                }
            }
            return true;
        });
        return found[0];
    }

    private interface Visitor {
        /** False ends the walk. */
        boolean visit(FormIndex index, IFormElement element, boolean isNew);
    }

    private boolean walk(List<Integer> places, List<Integer> instances, List<IFormElement> way, IFormElement parent, Visitor visitor) {
        List<IFormElement> children = parent.getChildren();
        for (int place = 0; children != null && place < children.size(); place++) {
            IFormElement child = children.get(place);
            boolean repeats = child instanceof GroupDef && ((GroupDef) child).getRepeat();
            List<Integer> morePlaces = with(places, place);
            List<IFormElement> farther = with(way, child);
            int number = repeats ? form.getNumRepetitions(index(morePlaces, with(instances, 0), farther)) : 1;
            for (int instance = 0; instance < number; instance++) {
                List<Integer> moreInstances = with(instances, instance);
                if (!visitor.visit(index(morePlaces, moreInstances, farther), child, false)
                    || (child instanceof GroupDef && !walk(morePlaces, moreInstances, farther, child, visitor))) {
                    return false;
                }
            }
            if (repeats && !visitor.visit(index(morePlaces, with(instances, number), farther), child, true)) {
                return false;
            }
        }
        return true;
    }

    private FormIndex index(List<Integer> places, List<Integer> instances, List<IFormElement> way) {
        return form.buildIndex(new ArrayList<>(places), new ArrayList<>(instances), new ArrayList<>(way));
    }

    private static <T> List<T> with(List<T> list, T last) {
        List<T> longer = new ArrayList<>(list);
        longer.add(last);
        return longer;
    }

    /** A repeat gets so many instances: how many the form counts is told from outside, JavaRosa looks only when somebody leafs on. */
    private boolean fit(String path, int number) throws Exception {
        FormIndex next = repeatIndex(path, true);
        while (next != null && next.getReference().getMultLast() < number) {
            form.createNewRepeat(next);
            next = repeatIndex(path, true);
        }
        while (next != null && next.getReference().getMultLast() > number) {
            form.deleteRepeat(last(next));
            next = repeatIndex(path, true);
        }
        return next != null;
    }

    /** Answers lose choices that are not offered, until nothing changes. */
    private void rest() throws Exception {
        String before = "";
        for (int round = 0; round < ROUNDS; round++) {
            walk(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), form, (index, element, isNew) -> {
                if (element instanceof QuestionDef && ((QuestionDef) element).getDynamicChoices() != null) {
                    TreeElement node = form.getMainInstance().resolveReference(form.getChildInstanceRef(index));
                    if (node != null && node.isRelevant()) {
                        new FormEntryPrompt(form, index).getSelectChoices();
                    }
                }
                return true;
            });
            String now = state();
            if (now.equals(before)) {
                return;
            }
            before = now;
        }
    }

    /** The index of the instance before this one. */
    private FormIndex last(FormIndex index) {
        List<Integer> places = new ArrayList<>();
        List<Integer> instances = new ArrayList<>();
        List<IFormElement> way = new ArrayList<>();
        form.collapseIndex(index, places, instances, way);
        instances.set(instances.size() - 1, instances.get(instances.size() - 1) - 1);
        return form.buildIndex(places, instances, way);
    }

    private String state() {
        StringBuilder told = new StringBuilder();
        TreeElement root = form.getMainInstance().getRoot();
        for (int place = 0; place < root.getNumChildren(); place++) {
            tell(root.getChildAt(place), "/" + root.getName(), told);
        }
        return told.toString();
    }

    private void tell(TreeElement node, String above, StringBuilder told) {
        if (node.getMult() == TreeReference.INDEX_TEMPLATE) {
            return;
        }
        String path = above + "/" + node.getName() + (node.isRepeatable() ? "[" + (node.getMult() + 1) + "]" : "");
        told.append(path).append("\t").append(node.isRelevant() ? "1" : "0").append("\t");
        told.append(node.getNumChildren() == 0 && node.getValue() != null ? flat(text(node.getValue())) : "").append("\n");
        for (int place = 0; place < node.getNumChildren(); place++) {
            tell(node.getChildAt(place), path, told);
        }
    }

    private String text(IAnswerData value) {
        Object told = serializer.serializeAnswerData(value);
        return told == null ? "" : told.toString();
    }

    private String path(TreeReference reference) {
        StringBuilder found = new StringBuilder();
        TreeReference generic = reference.genericize();
        for (int level = 0; level < reference.size(); level++) {
            found.append("/").append(reference.getName(level));
            TreeElement template = form.getMainInstance().getTemplatePath(generic.getSubReference(level));
            if (template != null && template.isRepeatable()) {
                found.append("[").append(reference.getMultiplicity(level) + 1).append("]");
            }
        }
        return found.toString();
    }

    private static String flat(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t");
    }

    /** Companion files lie beside the jobs. */
    private static final class Companions implements ReferenceFactory {
        private final Path folder;

        Companions(Path folder) {
            this.folder = folder;
        }

        public boolean derives(String uri) {
            return uri.startsWith("jr://");
        }

        public Reference derive(String uri) {
            return new Companion(folder.resolve(uri.substring(uri.lastIndexOf('/') + 1)), uri);
        }

        public Reference derive(String uri, String context) {
            return derive(uri);
        }
    }

    private static final class Companion implements Reference {
        private final Path file;
        private final String uri;

        Companion(Path file, String uri) {
            this.file = file;
            this.uri = uri;
        }

        public boolean doesBinaryExist() {
            return Files.exists(file);
        }

        public InputStream getStream() throws IOException {
            return Files.exists(file) ? new FileInputStream(file.toFile()) : new ByteArrayInputStream(new byte[0]);
        }

        public String getURI() {
            return uri;
        }

        public String getLocalURI() {
            return file.toString();
        }

        public boolean isReadOnly() {
            return true;
        }

        public OutputStream getOutputStream() throws IOException {
            throw new IOException();
        }

        public void remove() throws IOException {
            throw new IOException();
        }

        public Reference[] probeAlternativeReferences() {
            return new Reference[0];
        }
    }

    /** A function that finds nothing. */
    private static final class Nothing implements IFunctionHandler {
        private final String name;

        Nothing(String name) {
            this.name = name;
        }

        public String getName() {
            return name;
        }

        public List<Class[]> getPrototypes() {
            return Collections.emptyList();
        }

        public boolean rawArgs() {
            return true;
        }

        public boolean realTime() {
            return false;
        }

        public Object eval(Object[] arguments, EvaluationContext context) {
            return "";
        }
    }

    /** A laptop has no phone number, no device id and no user. */
    private static final class Nobody implements IPropertyManager {
        public List<String> getProperty(String name) {
            return Collections.emptyList();
        }

        public void setProperty(String name, String value) {
        }

        public void setProperty(String name, List<String> values) {
        }

        public String getSingularProperty(String name) {
            return null;
        }

        public void addRules(IPropertyRules rules) {
        }

        public List<IPropertyRules> getRules() {
            return Collections.emptyList();
        }
    }
}
