import Load
import Testing

@Suite struct MessageTemplateTests {
    @Test(arguments: [
        ("", ""),
        ("plain $ text $x", "plain $ text $x"),
        ("${seq}", "42"),
        ("{\"topic\":\"${topic}\",\"seq\":${seq},\"time\":${time}}", "{\"topic\":\"news\",\"seq\":42,\"time\":7}"),
        ("é${time}${time}ü${unknown}", "é77ü${unknown}"),
    ])
    func placeholdersAreFilledIn(_ text: String, _ expected: String) {
        let bytes = MessageTemplate(text, topic: "news").fill(number: 42, moment: 7)
        #expect(String(decoding: bytes, as: UTF8.self) == expected)
    }
}
