using System.Collections;
using Footprint.Grid.Storage.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Footprint.Grid.Core.Profiles;

/// <summary>
/// What a newer version wrote into a stored profile and this one does not know, at the top and inside its entries:
/// kept while the profile, or the entry, lives, and written back.
/// </summary>
internal sealed class UnknownFields
{
    private readonly StoredProfile _top;
    private readonly Dictionary<string, IMessage> _inside = [];

    private UnknownFields(StoredProfile stored)
    {
        _top = stored.Clone();
        foreach (FieldDescriptor field in StoredProfile.Descriptor.Fields.InDeclarationOrder())
        {
            foreach (IMessage entry in Entries(stored, field))
            {
                IMessage rest = ClearKnown(Clone(entry));
                if (rest.CalculateSize() > 0)
                {
                    _inside.TryAdd(Identity(field, entry), rest);
                }
            }
        }

        ClearKnown(_top);
    }

    /// <summary>
    /// Null when there is none, the common case: the message then weighs the same when it is read without them.
    /// </summary>
    public static UnknownFields? Of(ByteString bytes, StoredProfile readWithout) =>
        readWithout.CalculateSize() == bytes.Length ? null : new UnknownFields(StoredProfile.Parser.ParseFrom(bytes));

    /// <summary>Puts them back into the message that is about to be written.</summary>
    public void PutBack(StoredProfile stored)
    {
        stored.MergeFrom(_top);
        foreach (FieldDescriptor field in StoredProfile.Descriptor.Fields.InDeclarationOrder())
        {
            foreach (IMessage entry in Entries(stored, field))
            {
                if (_inside.TryGetValue(Identity(field, entry), out IMessage? rest))
                {
                    entry.MergeFrom(rest.ToByteString());
                }
            }
        }
    }

    private static IEnumerable Entries(StoredProfile stored, FieldDescriptor field) =>
        field.FieldType != FieldType.Message ? Array.Empty<IMessage>()
        : field.Accessor.GetValue(stored) switch
        {
            IList list => list,
            IMessage message => new[] { message },
            _ => Array.Empty<IMessage>(),
        };

    // What makes two entries of one field the same entry before and after a change of the profile.
    private static string Identity(FieldDescriptor field, IMessage entry) => $"{field.FieldNumber}/" + entry switch
    {
        StoredInterest i => i.Topic,
        StoredTrait t => t.Name,
        StoredCounter c => c.Type,
        StoredRecentItem r => $"{r.Type}/{r.ItemId}",
        StoredImpression s => $"{s.Kind}/{s.TimeMs}/{s.Key}",
        StoredTrustChange c => $"{c.TimeMs}/{c.Topic}/{c.Trait}/{c.To}",
        StoredSession s => $"{s.StartMs}",
        StoredDisclosure d => $"{d.Day}/{d.Kind}/{d.Purpose}/{d.Recipient}",
        V1.Consent c => $"{c.Purpose}/{c.Category}/{c.Recipient}/{c.Time}",
        _ => "",
    };

    private static IMessage Clone(IMessage message) => message.Descriptor.Parser.ParseFrom(message.ToByteString());

    private static IMessage ClearKnown(IMessage message)
    {
        foreach (FieldDescriptor field in message.Descriptor.Fields.InDeclarationOrder())
        {
            field.Accessor.Clear(message);
        }

        return message;
    }
}
