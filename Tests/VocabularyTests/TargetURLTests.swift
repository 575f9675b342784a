import Testing
import Vocabulary

@Suite struct TargetURLTests {
    @Test(
        arguments: [
            ("http://example.org", false, "example.org", 80, "/", "example.org"),
            ("https://example.org/", true, "example.org", 443, "/", "example.org"),
            ("HTTPS://Example.org:443/a?b#c", true, "Example.org", 443, "/a?b", "Example.org"),
            (
                "http://127.0.0.1:8080/events?topics=a,b", false, "127.0.0.1", 8_080, "/events?topics=a,b",
                "127.0.0.1:8080"
            ),
            ("http://h?x=1", false, "h", 80, "/?x=1", "h"),
            ("http://h#top", false, "h", 80, "/", "h"),
            ("http://h:/x", false, "h", 80, "/x", "h"),
            ("http://[::1]:81/x@y", false, "::1", 81, "/x@y", "[::1]:81"),
            ("https://[::1]", true, "::1", 443, "/", "[::1]"),
            ("http://h:65535/", false, "h", 65_535, "/", "h:65535"),
            ("https://h:80/", true, "h", 80, "/", "h:80"),
        ] as [(String, Bool, String, UInt16, String, String)]
    )
    func readsAddresses(text: String, tls: Bool, host: String, port: UInt16, path: String, header: String) throws {
        let url = try #require(TargetURL(text))
        #expect(url == TargetURL(tls: tls, host: host, port: port, path: path))
        #expect(url.hostHeader == header)
        #expect(TargetURL(url.description) == url)
    }

    @Test(arguments: [
        "", "example.org", "ftp://h/", "//h/", "http:/h", "http://", "http:///x", "http://?x", "http://:80/",
        "http://user@h/", "http://h:0/", "http://h:65536/", "http://h:+80/", "http://h:-1/", "http://h:8o/",
        "http://a:b:80/", "http://[::1/", "http://[::1]x/", "http://[]/", "http://h/a b", " http://h/", "http://h/\n",
        "http://h/\u{7F}", "http://h\r\nX: y/",
    ])
    func refusesEverythingElse(text: String) {
        #expect(TargetURL(text) == nil)
    }

    @Test(arguments: [
        ("127.0.0.1", true), ("127.255.0.9", true), ("localhost", true), ("LocalHost", true), ("::1", true),
        ("128.0.0.1", false), ("127.0.0", false), ("127.0.0.1.example.org", false), ("127.0.0.256", false),
        ("127.+1.0.1", false), ("127.-0.0.1", false), ("localhost.example.org", false), ("::2", false),
        ("10.0.0.1", false), ("", false),
    ])
    func knowsTheLoop(host: String, isLoopback: Bool) {
        #expect(TargetURL(tls: false, host: host, port: 80, path: "/").isLoopback == isLoopback)
    }
}
