import HTTP
import Foundation
import Testing
import Vocabulary

@testable import Conformance

@Suite struct ExchangeScriptsTests {
    private func request(_ name: ExchangeName, _ change: (inout CheckOptions) -> Void = { _ in }) -> String? {
        var options = CheckOptions(url: TargetURL(tls: false, host: "a.example", port: 80, path: "/events?topics=a&b"))
        change(&options)
        guard case .script(let script) = ExchangeScripts(options).script(name, after: [:]) else { return nil }
        return String(decoding: script.requests[0], as: UTF8.self)
    }

    @Test func streamIsAskedForAsEventSourceDoes() {
        #expect(
            request(.stream)
                == "GET /events?topics=a&b HTTP/1.1\r\nHost: a.example\r\nAccept: text/event-stream\r\n"
                + "Cache-Control: no-cache\r\nUser-Agent: hydrotest\r\n\r\n"
        )
    }

    @Test func headersReplaceTheDefaults() {
        let text = request(.stream) { $0.headers = [HTTPField("accept", "x/y"), HTTPField("Authorization", "z")] }
        #expect(text?.contains("text/event-stream") == false)
        #expect(text?.contains("accept: x/y\r\nAuthorization: z\r\n") == true)
    }

    @Test func aPreflightHasNoCredentials() {
        let text = request(.preflight) { $0.headers = [HTTPField("Authorization", "secret")] }
        #expect(text?.contains("secret") == false)
    }

    @Test(arguments: [
        (ExchangeName.injectLineFeed, "%0A"), (.injectReturn, "%0D"), (.injectBoth, "%0D%0A"),
    ])
    func injectionsGoIntoEveryValue(_ name: ExchangeName, _ end: String) {
        let line = "\(end)hydrotest-forged:%20yes\(end)"
        #expect(
            request(name)?.hasPrefix(
                "GET /events?topics=a\(line)&b=\(line)&lastEventId=1\(line)&topic=1\(line)&channel=1\(line)&id=1\(line) "
            ) == true
        )
    }

    @Test func aLongRequestLineIsAsLongAsTheStandardSays() {
        #expect(request(.longTarget)?.split(separator: "\r\n").first?.utf8.count == 8_000 - 2)
    }

    @Test func brokenRequestsAreBroken() {
        #expect(request(.noHost)?.lowercased().contains("host:") == false)
        #expect(request(.twoHosts)?.components(separatedBy: "Host:").count == 3)
        #expect(request(.spaceBeforeColon)?.contains("\r\nX-Hydrotest : 1\r\n") == true)
        #expect(request(.foldedField)?.contains("\r\nX-Hydrotest: 1\r\n 2\r\n") == true)
        #expect(request(.badRequestLine)?.hasPrefix("GET\r\n") == true)
        #expect(request(.nullInField)?.contains("Last-Event-ID: 7\u{0}7\r\n") == true)
        #expect(request(.fieldCase)?.contains("\r\nHost:") == false)
        #expect(request(.fieldCase)?.contains("\r\nhOsT:a.example\r\n") == true)
    }

    @Test func whatCannotBeAskedSaysWhy() {
        let plain = CheckOptions(url: TargetURL(tls: false, host: "a.example", port: 80, path: "/"))
        for name in ExchangeName.allCases where name.needsTLS || name.foundation.contains(.stream) {
            guard case .reason(let reason) = ExchangeScripts(plain).script(name, after: [:]) else {
                Issue.record("\(name) is carried out")
                continue
            }
            #expect(!reason.isEmpty)
        }
    }

    @Test func aClientHelloIsOneMessageHoweverCut() {
        let hello = ClientHello(serverName: "a.example")
        let whole = hello.records()
        #expect(Array(whole.prefix(3)) == [22, 3, 1])
        #expect(whole.count == hello.message.count + 5)
        let pieces = hello.records(of: 16)
        #expect(pieces.count == hello.message.count + 5 * ((hello.message.count + 15) / 16))
    }
}
