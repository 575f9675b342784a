/// The page's style sheet.
enum Style {
    /// The whole sheet.
    static var sheet: String { colours + page + judgement + tables + plots + media }
}
