import Testing
import Vocabulary

@Suite struct TargetURLReferenceTests {
    /// RFC 3986, 5.4, as far as its references are `http` addresses.
    @Test(arguments: [
        ("g", "/b/c/g"), ("./g", "/b/c/g"), ("g/", "/b/c/g/"), ("/g", "/g"), ("?y", "/b/c/d;p?y"), ("g?y", "/b/c/g?y"),
        ("#s", "/b/c/d;p?q"), ("g#s", "/b/c/g"), (";x", "/b/c/;x"), ("", "/b/c/d;p?q"), (".", "/b/c/"), ("./", "/b/c/"),
        ("..", "/b/"), ("../", "/b/"), ("../g", "/b/g"), ("../..", "/"), ("../../g", "/g"), ("../../../g", "/g"),
        ("/./g", "/g"), ("/../g", "/g"), ("g.", "/b/c/g."), ("..g", "/b/c/..g"), ("./../g", "/b/g"),
        ("g/../h", "/b/c/h"), ("g;x=1/../y", "/b/c/y"), ("g?y/../x", "/b/c/g?y/../x"), ("g?a:b", "/b/c/g?a:b"),
        ("http://a/x/../y?z", "/y?z"), ("//a/g", "/g"),
    ])
    func aReferenceIsResolved(reference: String, path: String) throws {
        let base = try #require(TargetURL("http://a/b/c/d;p?q"))
        #expect(base.resolving(reference) == TargetURL(tls: false, host: "a", port: 80, path: path))
    }

    @Test func anotherOriginIsReached() throws {
        let base = try #require(TargetURL("https://a:8443/x"))
        #expect(base.resolving("//b/y") == TargetURL(tls: true, host: "b", port: 443, path: "/y"))
        #expect(base.resolving("HTTP://[::1]:81") == TargetURL(tls: false, host: "::1", port: 81, path: "/"))
        #expect(base.resolving("y") == TargetURL(tls: true, host: "a", port: 8443, path: "/y"))
    }

    @Test(arguments: ["ftp://a/", "javascript:alert(1)", "http://user:password@b/", "http:g", "a b", "/a\r\nb", "//"])
    func whatIsNoAddressIsNone(reference: String) throws {
        #expect(try #require(TargetURL("http://a/b")).resolving(reference) == nil)
    }
}
