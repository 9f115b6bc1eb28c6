namespace Rt1.Data.Tests;

/// <summary>Deep comparison of values.</summary>
internal static class Values
{
    public static void AssertEqual(FeatureValue expected, FeatureValue actual, string path = "")
    {
        Assert.True(expected.GetType() == actual.GetType(), $"{path}: expected a {expected.GetType().Name}, got a {actual.GetType().Name}.");
        switch (expected, actual)
        {
            case (StructValue e, StructValue a):
                Assert.Equal(e.Fields.Select(f => f.Key), a.Fields.Select(f => f.Key));
                foreach (var (left, right) in e.Fields.Zip(a.Fields))
                    AssertEqual(left.Value, right.Value, $"{path}/{left.Key}");
                break;
            case (SequenceValue e, SequenceValue a):
                Assert.True(e.Items.Count == a.Items.Count, $"{path}: expected {e.Items.Count} items, got {a.Items.Count}.");
                foreach (var (i, (left, right)) in e.Items.Zip(a.Items).Index())
                    AssertEqual(left, right, $"{path}[{i}]");
                break;
            case (TensorValue e, TensorValue a):
                Assert.True(e.Type == a.Type, $"{path}: expected {e.Type}, got {a.Type}.");
                Assert.True(e.Shape.SequenceEqual(a.Shape), $"{path}: expected ({string.Join(", ", e.Shape)}), got ({string.Join(", ", a.Shape)}).");
                Assert.True(e.Data.Span.SequenceEqual(a.Data.Span), $"{path}: expected other numbers.");
                break;
            case (TextValue e, TextValue a):
                Assert.True(e.Utf8.Span.SequenceEqual(a.Utf8.Span), $"{path}: expected '{e.Text}', got '{a.Text}'.");
                break;
            case (StoredImage e, StoredImage a):
                Assert.True(e.Bytes.Span.SequenceEqual(a.Bytes.Span), $"{path}: expected another image.");
                break;
            default:
                Assert.Fail($"{path}: {expected.GetType().Name} cannot be compared.");
                break;
        }
    }
}
