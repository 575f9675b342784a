import RunProfile
import Testing
import Vocabulary

@Suite struct MatrixReadingTests {
    private static func profile(_ matrix: String) -> String {
        "target: { url: reference }\nmatrix: \(matrix)\nscenarios:\n  - { name: a, connections: 1, hold: 1s }\n"
    }

    @Test func aMatrixIsRead() throws {
        let text = "{ stages: [streaming, request-sent], manners: [rst], cycles: 7, drops: 20, idle: 9 }"
        let matrix = try Examples.read(Self.profile(text)).matrix
        #expect(matrix.stages == [.requestSent, .streaming])
        #expect(matrix.manners == [.rst])
        #expect(matrix.cycles == 7)
        #expect(matrix.drops == 20)
        #expect(matrix.idle == 9)
    }

    @Test func allStandsForEveryOne() throws {
        let matrix = try Examples.read(Self.profile("{ stages: all, manners: all }")).matrix
        #expect(matrix.stages == Stage.allCases)
        #expect(matrix.manners == Manner.allCases)
    }

    @Test func withoutItTheProfilesOwnDropsAreTried() throws {
        let text = Self.profile("{ }").replacing("matrix: { }\n", with: "")
        #expect(try Examples.read(text).matrix == MatrixOptions())
    }

    @Test(arguments: [
        ("[]", "2:9: matrix: found a list; expected a map, such as { cycles: 5, drops: 50 }"),
        ("{ cycles: 1 }", "2:19: matrix.cycles: 1 is out of range; expected a whole number from 2 to 1,000, such as 5"),
        (
            "{ drops: 0 }",
            "2:18: matrix.drops: 0 is out of range; expected a whole number from 1 to 100,000, such as 50"
        ),
        ("{ idle: 1 }", "2:17: matrix.idle: 1 is out of range; expected a whole number from 2 to 1,000, such as 4"),
        (
            "{ stages: [] }",
            "2:19: matrix.stages: an empty list; expected all, or a list of stages, such as [request-sent]"
        ),
        ("{ manners: [fin, fin] }", "2:26: matrix.manners[1]: fin is in the list twice; expected each once"),
    ])
    func whatIsWrongIsSaid(matrix: String, message: String) {
        let errors = #expect(throws: ProfileErrors.self) { try Examples.read(Self.profile(matrix)) }
        #expect(errors?.description.contains(message) == true, "\(errors?.description ?? "")")
    }
}
