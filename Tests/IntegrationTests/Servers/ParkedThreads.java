import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Each stream parks a thread of a pool on a queue. FIX=1: a comment twice a second tells who has left. */
public class ParkedThreads {
    private static final boolean FIXED = "1".equals(System.getenv("FIX"));
    private static final int THREADS = Integer.parseInt(System.getenv().getOrDefault("THREADS", "60"));
    private static final CopyOnWriteArrayList<LinkedBlockingQueue<String>> STREAMS = new CopyOnWriteArrayList<>();

    public static void main(String[] arguments) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 128);
        server.setExecutor(Executors.newFixedThreadPool(THREADS));
        server.createContext("/publish", exchange -> {
            String text = new String(exchange.getRequestBody().readAllBytes());
            STREAMS.forEach(stream -> stream.add("data: " + text + "\n\n"));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.createContext("/events", ParkedThreads::stream);
        server.start();
        System.out.println("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private static void stream(HttpExchange exchange) throws IOException {
        LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        STREAMS.add(events);
        try (OutputStream body = exchange.getResponseBody()) {
            write(body, "data: welcome\n\n");
            while (true) {
                String event = FIXED ? events.poll(500, TimeUnit.MILLISECONDS) : events.take();
                write(body, event == null ? ": beat\n\n" : event);
            }
        } catch (IOException | InterruptedException gone) {
            // The client has left.
        } finally {
            STREAMS.remove(events);
            exchange.close();
        }
    }

    private static void write(OutputStream body, String text) throws IOException {
        body.write(text.getBytes());
        body.flush();
    }
}
