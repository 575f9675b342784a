import HTTP
import Testing
import Vocabulary

@testable import HydrotestKit

@Suite struct RedirectionTests {
    private static func request(
        _ address: String = "https://a/x",
        method: String = "POST",
        _ headers: [HTTPField] = []
    ) throws -> TapOptions {
        var options = TapOptions(url: try Made.url(address))
        options.method = method
        options.body = method == "POST" ? "b" : nil
        options.headers = headers
        return options
    }

    @Test(arguments: [(301, "GET"), (302, "GET"), (303, "GET"), (307, "POST"), (308, "POST")])
    func theMethodIsKeptOrNot(status: Int, method: String) throws {
        let headers = [HTTPField("Content-Type", "text/plain"), HTTPField("X", "y")]
        let next = try Redirection(of: Self.request("https://a/x", headers), status: status, location: "/y")
        #expect(next.request.method == method)
        #expect(next.request.body == (method == "POST" ? "b" : nil))
        #expect(next.request.headers == (method == "POST" ? headers : [headers[1]]))
        #expect(next.words == "\(status) to https://a/y" + (method == "GET" ? " (as GET, without its body)" : ""))
    }

    @Test(arguments: [(301, "PUT"), (303, "HEAD"), (307, "DELETE")])
    func otherMethodsAreKept(status: Int, method: String) throws {
        let next = try Redirection(of: Self.request(method: method), status: status, location: "/y")
        #expect(next.request.method == method)
        #expect(next.words == "\(status) to https://a/y")
    }

    @Test(arguments: [
        ("https://a/x", "/y", true), ("https://a/x", "https://A:443/y", true), ("http://a/x", "https://a/y", true),
        ("https://a/x", "https://b/y", false), ("https://a/x", "https://a:8443/y", false),
        ("https://a/x", "http://a/y", false), ("http://a:8080/x", "https://a/y", false),
        ("https://a/x", "https://a.b/y", false),
    ])
    func credentialsStayWithTheirHost(from: String, to: String, stay: Bool) throws {
        let secrets = [HTTPField("authorization", "a"), HTTPField("Cookie", "b"), HTTPField("X-Api-Key", "c")]
        let next = try Redirection(of: Self.request(from, secrets), status: 307, location: to)
        #expect(next.request.headers == (stay ? secrets : []))
        #expect(next.words.contains("without authorization, Cookie, X-Api-Key") != stay)
    }

    /// What the body holds goes along with it, or stays here as a whole.
    @Test func aBodyWithASecretGoesToNoOtherHost() throws {
        var request = try Self.request()
        request.body = #"{"password": "hush"}"#
        #expect(try Redirection(of: request, status: 307, location: "/y").request.body == request.body)
        #expect(try Redirection(of: request, status: 303, location: "https://b/y").request.body == nil)
        let error = #expect(throws: TapError.self) {
            try Redirection(of: request, status: 307, location: "https://b/y")
        }
        #expect(error?.name == "REDIRECT_OF_SECRETS")
    }

    @Test func theEndOfTLSIsTold() throws {
        let next = try Redirection(of: Self.request(), status: 308, location: "http://a/y")
        #expect(next.words == "308 to http://a/y (from https to http: what follows goes unencrypted)")
        let back = try Redirection(of: Self.request("http://a/x"), status: 308, location: "https://a/y")
        #expect(back.words == "308 to https://a/y")
    }

    @Test func secretsOfTheAddressAreMasked() throws {
        let next = try Redirection(of: Self.request(), status: 307, location: "/y?token=hush")
        #expect(next.words == "307 to https://a/y?token=•••")
    }

    @Test(
        arguments: [
            (nil, "REDIRECT_WITHOUT_LOCATION"), ("ftp://a/", "MALFORMED_LOCATION"),
            ("http://127.0.0.1:6379/", "REDIRECT_TO_THIS_MACHINE"), ("http://localhost/", "REDIRECT_TO_THIS_MACHINE"),
        ] as [(String?, String)]
    )
    func whatLeadsNowhereIsNamed(location: String?, name: String) throws {
        let request = try Self.request()
        let error = #expect(throws: TapError.self) {
            try Redirection(of: request, status: 307, location: location)
        }
        #expect(error?.name == name)
        #expect(error?.description != name)
    }
}
