import Foundation
import RunProfile
import Testing
import Vocabulary

@testable import HydrotestKit

/// The requests of a scenario, one for each row of its data.
@Suite struct RequestBuilderTests {
    private func requests(
        path: String = "/v1/chat/completions",
        data: String? = nil,
        bodyFile: [UInt8]? = nil,
        _ change: (inout RequestOptions) -> Void = { _ in },
        target changeTarget: (inout Target) -> Void = { _ in }
    ) throws -> [String] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let url = try Made.url("http://127.0.0.1:8080\(path)")
        var scenario = Scenario(name: "callers", connections: 1)
        if let data {
            let file = folder.appendingPathComponent("prompts.csv")
            try Data(data.utf8).write(to: file)
            scenario.request.dataFile = file.path
        }
        if let bodyFile {
            let file = folder.appendingPathComponent("body")
            try Data(bodyFile).write(to: file)
            scenario.request.bodyFile = file.path
        }
        change(&scenario.request)
        var target = Target(address: .url(url))
        changeTarget(&target)
        return try RequestBuilder(target: target, scenario: scenario, url: url).requests()
            .map { String(decoding: $0, as: UTF8.self) }
    }

    private func body(_ request: String) -> Substring {
        request.firstRange(of: "\r\n\r\n").map { request[$0.upperBound...] } ?? ""
    }

    @Test func valuesAreWrittenAsJSONWhereTheBodyIsJSON() throws {
        let data = "prompt,n\n\"say \"\"hi\"\"\nand \\ bye\",3\nä\u{1},7\n"
        let requests = try requests(data: data) { $0.body = #"{"content": "{{prompt}}", "n": {{ n }}}"# }
        #expect(requests.count == 2)
        #expect(body(requests[0]) == #"{"content": "say \"hi\"\nand \\ bye", "n": 3}"#)
        #expect(body(requests[1]) == #"{"content": "ä\u0001", "n": 7}"#)
        #expect(requests[0].contains("\r\nContent-Length: \(body(requests[0]).utf8.count)\r\n"))
        for request in requests { _ = try JSONSerialization.jsonObject(with: Data(body(request).utf8)) }
    }

    @Test(arguments: [
        ("text/plain", #"{"a": "x"y"}"#), ("application/json; charset=utf-8", #"{"a": "x\"y"}"#),
        ("application/vnd.api+json", #"{"a": "x\"y"}"#),
    ])
    func theContentTypeSaysWhetherABodyIsJSON(type: String, expected: String) throws {
        let requests = try requests(data: "v\n\"x\"\"y\"\n") {
            $0.headers = [.init(name: "content-type", value: type)]
            $0.body = #"{"a": "{{v}}"}"#
        }
        #expect(body(requests[0]) == expected)
    }

    @Test func valuesStandInPathAndHeadersToo() throws {
        let requests = try requests(path: "/events?topics={{topic}}", data: "topic,key\na/b ü&c,k1\n") {
            $0.headers = [.init(name: "X-Key", value: "Bearer {{key}}")]
        }
        #expect(requests[0].hasPrefix("GET /events?topics=a%2Fb%20%C3%BC%26c HTTP/1.1\r\n"))
        #expect(requests[0].contains("\r\nX-Key: Bearer k1\r\n"))
    }

    @Test func aScenarioOverridesItsTarget() throws {
        let requests = try requests {
            $0.method = "PUT"
            $0.headers = [.init(name: "x-a", value: "2"), .init(name: "X-C", value: "4")]
            $0.body = "mine"
        } target: {
            $0.method = "POST"
            $0.headers = [.init(name: "X-A", value: "1"), .init(name: "X-B", value: "3")]
            $0.body = "yours"
        }
        #expect(requests[0].hasPrefix("PUT "))
        #expect(requests[0].contains("\r\nX-B: 3\r\nx-a: 2\r\nX-C: 4\r\n"))
        #expect(!requests[0].contains("X-A: 1"))
        #expect(body(requests[0]) == "mine")
    }

    @Test func aBodyCanComeFromAFile() throws {
        let requests = try requests(bodyFile: Array("from a file".utf8)) { $0.method = "POST" }
        #expect(body(requests[0]) == "from a file")
    }

    @Test func withoutDataBracesAreText() throws {
        let requests = try requests { $0.body = "{{not}} a column" }
        #expect(body(requests[0]) == "{{not}} a column")
    }

    @Test func anUnknownColumnIsNamed() throws {
        let error = try #require(throws: RunError.self) {
            try requests(data: "prompt\nx\n") { $0.body = "{{promt}}" }
        }
        #expect(error.exitCode == ExitCode.badProfile)
        #expect("\(error)".contains("scenario \"callers\": the body names {{promt}}"))
        #expect("\(error)".contains("did you mean {{prompt}}?"))
    }

    @Test func aFileThatIsWrongIsNamedWithItsLine() throws {
        let error = try #require(throws: RunError.self) { try requests(data: "a,b\n1\n") }
        #expect("\(error)".hasSuffix("prompts.csv:2: 1 value for 2 columns"))
    }

    @Test func aFileThatIsMissingIsNamed() throws {
        let error = try #require(throws: RunError.self) { try requests { $0.dataFile = "/nowhere/prompts.csv" } }
        #expect("\(error)".hasPrefix("cannot read \"/nowhere/prompts.csv\""))
        #expect(throws: RunError.self) { try requests { $0.bodyFile = "/" } }
    }

    @Test func aValueThatWouldBreakAHeaderIsRefused() throws {
        #expect(throws: RunError.self) {
            try requests(data: "key\n\"a\nb\"\n") { $0.headers = [.init(name: "X-Key", value: "{{key}}")] }
        }
    }

    @Test func aBodyThatIsNoTextHoldsNoColumn() throws {
        #expect(throws: RunError.self) { try requests(data: "a\n1\n", bodyFile: [0xFF, 0xFE]) }
    }
}
