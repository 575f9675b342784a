import Foundation
import RunProfile
import Testing
import Vocabulary

@Suite struct PublisherReadingTests {
    private static func profile(_ publish: String, more: String = "") -> String {
        """
        target: { url: reference }
        publish: \(publish)
        scenarios:
          - { name: listeners, connections: 10, hold: 5s }
          - { name: others, connections: 10, hold: 5s }
        \(more)
        """
    }

    @Test func aPublisherIsRead() throws {
        let body = #"{\"id\":\"${ID}\",\"seq\":${seq},\"at\":${time},\"topic\":\"${topic}\"}"#
        let text = """
            { name: news, rate: 30/m, method: PUT, url: reference/broadcast?topic=a, headers: { X-Key: "${ID}" }, \
            body: "\(body)", scenarios: [others], start: 2s, grace: 500ms }
            """
        let profile = try Examples.read(Self.profile(text), environment: ["ID": "7", "time": "never"])
        let publisher = try #require(profile.publishers.first)
        #expect(profile.publishers.count == 1)
        #expect(publisher.name == "news")
        #expect(publisher.rate == 0.5)
        #expect(publisher.request.method == "PUT")
        #expect(publisher.request.address == .reference(path: "/broadcast?topic=a"))
        #expect(publisher.request.body == #"{"id":"7","seq":${seq},"at":${time},"topic":"${topic}"}"#)
        #expect(publisher.headers == [Target.Header(name: "X-Key", value: "7")])
        #expect(publisher.scenarios == ["others"])
        #expect(publisher.start == 2 * .perSecond)
        #expect(publisher.grace == 500 * .perMillisecond)
    }

    @Test func aListAndDefaultsAreRead() throws {
        let profile = try Examples.read(
            Self.profile("[{ rate: 1/s, url: reference/a }, { name: b, rate: 2/s, url: reference/b }]")
        )
        #expect(profile.publishers.map(\.name) == ["publisher", "b"])
        #expect(profile.publishers[0].request.body == PublisherOptions.defaultBody)
        #expect(profile.publishers[0].scenarios == nil)
        #expect(profile.publishers[0].grace == .perSecond)
        #expect(try Examples.read(Examples.small).publishers.isEmpty)
    }

    @Test func theBundledProfileIsRead() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
            "../../Profiles"
        )
        let text = try String(contentsOf: folder.appendingPathComponent("delivery.yaml"), encoding: .utf8)
        #expect(try Examples.read(text).publishers.map(\.rate) == [20])
    }

    @Test(arguments: [
        (
            "17",
            "publish: found \"17\"; expected a map, such as { rate: 20/s, url: \"http://127.0.0.1:8080/broadcast?topic=news\" }"
        ),
        ("{ url: reference/a }", "publish.rate: missing; expected a rate, such as 20/s"),
        ("{ rate: 1/s }", "publish.url: missing; expected an http or https address"),
        (
            "{ rate: 1000000/s, url: reference/a }",
            "publish.rate: found \"1000000/s\"; expected a rate from 0.01/s to 10,000/s, such as 20/s"
        ),
        (
            "{ rate: 1/s, url: reference/a, body: hello }",
            "publish.body: the body has no ${seq}; expected text in which ${seq} stands for the message's number, by which it is known again"
        ),
        (
            "{ rate: 1/s, url: reference/a, body: \"${seq} ${NOPE}\" }",
            "publish.body: the environment has no variable \"NOPE\""
        ),
        (
            "{ rate: 1/s, url: reference/a, scenarios: [listener] }",
            "publish.scenarios[0]: no scenario is called \"listener\"; did you mean \"listeners\"?"
        ),
        (
            "[{ rate: 1/s, url: reference/a }, { rate: 1/s, url: reference/a }]",
            "publish[1]: the name \"publisher\" is taken; expected a name of its own"
        ),
        (
            "{ rate: 5000/s, url: reference/a, grace: 10s }",
            "publish.grace: 50,000 messages within the grace time; expected at most 8,000: a shorter grace"
        ),
        ("{ rate: 1/s, url: reference/a, rat: 1/s }", "publish.rat: unknown key; did you mean \"rate\"?"),
    ])
    func whatIsWrongIsSaid(publish: String, problem: String) {
        let lines = Examples.errors(of: Self.profile(publish))
        #expect(lines.contains { $0.contains(problem) }, "\(lines)")
    }

    @Test func aClimbHasAPublishOfItsOwn() {
        let text = """
            target: { url: reference }
            capacity: { from: 1, by: 1, to: 2 }
            publish: { rate: 1/s, url: reference/a }
            scenarios: [{ name: a, arrival: { rate: 200/s } }]
            """
        let lines = Examples.errors(of: text)
        #expect(lines.contains { $0.contains("capacity has a publish of its own") })
    }

    @Test func theBundledServerLosesAndRepeats() throws {
        let text = Self.profile("{ rate: 1/s, url: reference/a }", more: "reference: { lose: 37, repeat: 23 }")
        let reference = try Examples.read(text).reference
        #expect(reference.lose == 37)
        #expect(reference.repeats == 23)
    }
}
