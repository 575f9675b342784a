import Testing
import Vocabulary

@testable import Fuzzing

@Suite struct ReplayTextTests {
    @Test func everyCaseThatIsMadeIsReadBackAsItWas() throws {
        let generator = try Made.generator(seed: 7)
        for number in 0..<400 as Range<UInt64> {
            var replay = Replay(generator.make(number))
            replay.seed = 7
            replay.number = number
            let text = ReplayText.write(replay)
            #expect(try ReplayReader.read(text, file: "x.case") == replay, "\(text)")
        }
    }

    @Test func isWhatAPersonReads() throws {
        var replay = Replay(
            FuzzCase(
                .state,
                order: .race,
                steps: [
                    Step(0, .open(Opening(topics: ["@MARK@-0", "b"], resumption: .canary, until: .sent))),
                    Step(0, .drop(.rst)),
                    Step(1, .publish(Publication(topic: "@MARK@-0", text: "é\n", size: 60_000, times: 40))),
                    Step(1, .pause(1_500_000)),
                    Step(2, .send(Array("GET \"\\\r\n\u{0}".utf8) + [0xFF, 0xC3], pieces: 1)),
                    Step(2, .connect(.tls, stop: .tlsHelloSent)),
                    Step(2, .expect(.answer, 50 * .perMillisecond)),
                ]
            )
        )
        replay.finding = Problem.Key(id: ProblemName.leak, gauge: "clients")
        replay.copies = 8
        let text = """
            hydrotest case 1
            finding: leak clients
            kind: state
            order: race
            copies: 8

            a: open topics=@MARK@-0,b resume=canary until=sent
            a: drop rst
            b: publish @MARK@-0 "é\\n" size=60000 times=40
            b: pause 1500us
            c: send "GET \\"\\\\\\r\\n\\x00\\xff\\xc3" pieces=1
            c: connect tls stop=tls-hello-sent
            c: await answer 50ms

            """
        #expect(ReplayText.write(replay) == text)
        #expect(try ReplayReader.read(text, file: "x.case") == replay)
    }
}
