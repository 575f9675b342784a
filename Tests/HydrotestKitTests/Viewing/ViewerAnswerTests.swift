import EventStream
import HTTP
import Report
import Testing

@testable import HydrotestKit

@Suite struct ViewerAnswerTests {
    private static let page = Array("<!doctype html>".utf8)

    private func answer(
        _ method: String = "GET",
        _ path: String = "/",
        host: String? = "127.0.0.1:8000",
        accept: String? = "gzip, deflate"
    ) throws -> ViewerAnswer {
        var request = try "\(method) \(path) HTTP/1.1".utf8.withContiguousStorageIfAvailable {
            try HTTPRequestHead(startLine: UnsafeRawBufferPointer($0))
        }
        if let host { request?.fields.append(HTTPField("host", host)) }
        if let accept { request?.fields.append(HTTPField("accept-encoding", accept)) }
        return ViewerAnswer(to: try #require(request)) { name in
            name == "report.html.gz" ? GzipEncoder.compress(Self.page) : nil
        }
    }

    @Test func thePageIsSentAsItLies() throws {
        let answer = try answer()
        #expect(answer.status == 200)
        #expect(answer.body == GzipEncoder.compress(Self.page))
        #expect(answer.fields.value(of: "content-encoding") == "gzip")
        #expect(answer.fields.value(of: "vary") == "Accept-Encoding")
        let policy = try #require(answer.fields.value(of: "content-security-policy"))
        #expect(policy.hasPrefix("default-src 'none'"))
        #expect(policy.hasSuffix("frame-ancestors 'none'"))
        #expect(answer.fields.value(of: "x-content-type-options") == "nosniff")
    }

    @Test(arguments: [nil, "identity", "br", "gzip;q=0", "deflate, gzip; q=0.0"])
    func whoTakesNoGzipGetsThePlainPage(accept: String?) throws {
        let answer = try answer(accept: accept)
        #expect(answer.body == Self.page)
        #expect(answer.fields.value(of: "content-encoding") == nil)
        #expect(answer.fields.value(of: "content-length") == "\(Self.page.count)")
    }

    @Test func aHeadHasNoBody() throws {
        let answer = try answer("HEAD")
        #expect(answer.status == 200)
        #expect(answer.body.isEmpty)
        #expect(answer.fields.value(of: "content-length") == "\(GzipEncoder.compress(Self.page).count)")
    }

    @Test(arguments: ["evil.example", "127.0.0.1.evil.example", "[::1", "", "192.0.2.1:8000"])
    func anotherHostIsRefused(host: String) throws { #expect(try answer(host: host).status == 403) }

    @Test(arguments: ["localhost", "LOCALHOST:80", "[::1]:8000", "127.0.0.1"])
    func thisMachineIsAnswered(host: String) throws { #expect(try answer(host: host).status == 200) }

    @Test func othersAreRefused() throws {
        #expect(try answer("POST").status == 405)
        #expect(try answer("POST").fields.value(of: "allow") == "GET, HEAD")
        for path in ["/../secret", "/report.html.gz", "/%2e%2e/", "/run.journal"] {
            #expect(try answer("GET", path).status == 404, "\(path)")
        }
        #expect(try answer("GET", "/report.json").status == 404)
        #expect(ViewerAnswer(to: .headerLimit).status == 431)
        #expect(ViewerAnswer(to: .malformedRequestLine).status == 400)
    }
}
